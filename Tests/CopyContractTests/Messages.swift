import CopyContract
import CopyDomain

/// A message like the ones upstream systems send; each test changes what it is about.
func message(
    _ body: String,
    contentType: String? = "application/json",
    contentEncoding: String? = nil,
    messageID: String? = nil,
    headers: [(name: String, value: String)] = []
) -> IncomingMessage {
    IncomingMessage(
        body: Array(body.utf8),
        contentType: contentType,
        contentEncoding: contentEncoding,
        messageID: messageID,
        headers: headers
    )
}

let modelRequest = """
    {"id":"dr-1","kind":"document-model",
     "source":{"resource":"invoices-westus2","id":"eccc3f13-8289-4020-ba16-9f1d1374e96f"},
     "target":{"resource":"invoices-eastus"},"apiVersion":"v2.1"}
    """

/// The model request with one text replaced by another.
func modelRequest(_ old: String, _ new: String) -> String {
    replacing(old, by: new, in: modelRequest)
}

/// The model request with something added before its end.
func modelRequest(adding fields: String) -> String {
    modelRequest.dropLast() + "," + fields + "}"
}

let visionRequest = """
    {"id":"cv-1","kind":"vision-project","source":{"resource":"vision-west","name":"Parts line 3"},
     "target":{"resource":"vision-east","name":"Parts line 3 (copy)"},"apiVersion":"v3.3"}
    """

/// `text` with the first `old` replaced; the same text when there is none.
func replacing(_ old: String, by new: String, in text: String) -> String {
    let pieces = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    return pieces.joined(separator: new)
}

func structured(_ attributes: String, data: String = modelRequest) -> String {
    "{\(attributes),\"data\":\(data)}"
}

let eventAttributes = #""specversion":"1.0","id":"17","source":"urn:mlops","type":"copy.requested""#

/// The refusal of a message; a message that is taken gives `nil`.
func rejection(of message: IncomingMessage) -> Rejection? {
    do {
        _ = try RequestDecoder.decode(message)
        return nil
    } catch {
        return error
    }
}
