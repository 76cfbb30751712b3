package import CopyDomain

extension EventEncoder {
    /// A message was refused. It ends nothing, so the event belongs to no run and has no sequence; its id is the same
    /// whenever the same message is refused again for the same reason, and another for every other message, even one of
    /// the same body: the body's digits let a person find the message, the others tell it from its like.
    ///
    /// - Parameters:
    ///   - message: the refused one.
    ///   - context: the refused message's.
    package func rejected(
        _ rejection: Rejection,
        of message: IncomingMessage,
        context: EventContext,
        at time: Timestamp
    ) -> EncodedEvent {
        let digest = Fingerprint.of(message.body)
        let names =
            [digest, rejection.code.rawValue, message.messageID ?? "", context.correlationID ?? ""]
            + CloudEventIdentity.names(in: message.headers)
        let distinction = Fingerprint.of(JSONText.encode(.array(names.map(JSONValue.string)))).prefix(16)
        let requestID = rejection.requestID?.rawValue
        let id = "\(requestID ?? "unknown")#\(EventName.rejected.rawValue)#\(digest.prefix(8))-\(distinction)"
        let text = CloudEventText(
            event: .rejected,
            id: id,
            source: source,
            subject: requestID,
            time: time,
            sequence: nil,
            context: context,
            data: EventData.rejected(
                rejection,
                messageID: message.messageID,
                bodySHA256: digest,
                bodySize: message.body.count
            )
        )
        return text.encoded(
            kind: rejection.kind,
            target: rejection.targetResource,
            correlationID: context.correlationID ?? requestID ?? id
        )
    }
}
