package import CopyContract

/// An event as it came from the broker.
package struct ReceivedEvent: Sendable {
    package let event: CopyEvent
    /// The whole event as compact JSON, without a line break.
    package let json: String

    package init(body: [UInt8]) throws(CopyEventError) {
        event = try CopyEvent.decode(body: body)
        // What decodes as an event parses as JSON; a foreign sender may have spread it over lines.
        json = (try? JSONParser.parse(body)).map { String(decoding: JSONText.encode($0), as: UTF8.self) } ?? ""
    }
}
