package import CopyDomain

extension EventEncoder {
    /// A message was refused. It ends nothing, so the event belongs to no run and has no sequence; its id is the same
    /// whenever the same bytes are refused again.
    ///
    /// - Parameters:
    ///   - body: the refused message's.
    ///   - messageID: the refused message's.
    ///   - context: the refused message's.
    package func rejected(
        _ rejection: Rejection,
        body: [UInt8],
        messageID: String?,
        context: EventContext,
        at time: Timestamp
    ) -> EncodedEvent {
        let digest = Fingerprint.of(body)
        let requestID = rejection.requestID?.rawValue
        let id = "\(requestID ?? "unknown")#\(EventName.rejected.rawValue)#\(digest.prefix(8))"
        let text = CloudEventText(
            event: .rejected,
            id: id,
            source: source,
            subject: requestID,
            time: time,
            sequence: nil,
            context: context,
            data: EventData.rejected(rejection, messageID: messageID, bodySHA256: digest, bodySize: body.count)
        )
        return text.encoded(
            kind: rejection.kind,
            target: rejection.targetResource,
            correlationID: context.correlationID ?? requestID ?? id
        )
    }
}
