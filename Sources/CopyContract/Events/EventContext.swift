/// What the asker's message says that its events carry on.
package struct EventContext: Hashable, Sendable {
    /// The keys under which a checkpoint keeps the context, and the names of the headers.
    package enum Key {
        package static let correlationID = "correlation-id"
        package static let replyTo = "reply-to"
        package static let traceparent = "traceparent"
        package static let tracestate = "tracestate"
    }

    /// The asker's; `nil`: the events use the request id.
    package let correlationID: String?
    /// W3C trace context.
    package let traceparent: String?
    package let tracestate: String?

    /// Leaves out what cannot be sent on: a correlation id that is no short string of AMQP (255 bytes) or has control
    /// characters, and a trace context that is none.
    package init(correlationID: String? = nil, traceparent: String? = nil, tracestate: String? = nil) {
        self.correlationID = correlationID.flatMap {
            (1...255).contains($0.utf8.count) && !Printable.hasControls($0) ? $0 : nil
        }
        self.traceparent = traceparent.flatMap { Self.isTraceparent($0) ? $0 : nil }
        self.tracestate =
            self.traceparent == nil
            ? nil
            : tracestate.flatMap { (1...512).contains($0.utf8.count) && !Printable.hasControls($0) ? $0 : nil }
    }

    /// From a checkpoint's context; see ``Key``.
    package init(_ context: [String: String]) {
        self.init(
            correlationID: context[Key.correlationID],
            traceparent: context[Key.traceparent],
            tracestate: context[Key.tracestate]
        )
    }

    /// `00-<32 hex>-<16 hex>-<2 hex>`, in lower case.
    static func isTraceparent(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 32, 16, 2] else { return false }
        return parts.joined().allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
    }
}
