/// What a delivery says, before anybody knows whether it makes sense: the parts of an AMQP message that the contract
/// looks at. Header values that are no text are absent here.
package struct IncomingMessage: Sendable {
    package var body: [UInt8]
    package var contentType: String?
    package var contentEncoding: String?
    package var messageID: String?
    package var headers: [(name: String, value: String)]

    package init(
        body: [UInt8],
        contentType: String?,
        contentEncoding: String?,
        messageID: String?,
        headers: [(name: String, value: String)]
    ) {
        self.body = body
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.messageID = messageID
        self.headers = headers
    }
}
