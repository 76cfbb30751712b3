package import CopyContract
import CopyDomain

/// A message that is about to be sent to the queue of requests.
package struct Submission: Sendable {
    /// The request's id, under which its events come; `nil` only for a raw message in which none was understood.
    package let id: String?
    package let body: [UInt8]
    package let contentType: String?
    package let contentEncoding: String?
    package let messageID: String?
    package let headers: [(name: String, value: String)]
    /// Lower-case hex of the body's SHA-256, by which a rejection names the message that it refuses.
    package let digest: String

    /// A message as it is, unchecked.
    package init(raw message: IncomingMessage) {
        body = message.body
        contentType = message.contentType
        contentEncoding = message.contentEncoding
        messageID = message.messageID
        headers = message.headers
        do {
            id = try RequestDecoder.decode(message).id.rawValue
        } catch {
            id = error.requestID?.rawValue
        }
        digest = Fingerprint.of(message.body)
    }

    /// A message whose request is well-formed: a worker that knows its resources and routes will accept it.
    ///
    /// The request's id is also the message-id, unless the message has one already.
    package init(checked message: IncomingMessage) throws(Rejection) {
        let id = try RequestDecoder.decode(message).id.rawValue
        self.id = id
        body = message.body
        contentType = message.contentType
        contentEncoding = message.contentEncoding
        messageID = message.messageID ?? id
        headers = message.headers
        digest = Fingerprint.of(message.body)
    }
}
