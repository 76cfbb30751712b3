import AMQP
import CopyContract
import CopyDomain
import CopyJournal

/// Makes the events of a worker's runs, and the messages that carry them.
struct Events: Sendable {
    let encoder: EventEncoder
    let names: BrokerNames
    let now: @Sendable () -> Timestamp

    init(settings: WorkerSettings, now: @escaping @Sendable () -> Timestamp) {
        encoder = EventEncoder(source: settings.eventSource)
        names = settings.names
        self.now = now
    }

    func accepted(_ plan: CopyPlan, run: Int, sequence: Int, context: [String: String]) -> OutgoingEvent {
        watched(
            encoder.accepted(plan, run: run, sequence: sequence, context: EventContext(context), at: plan.acceptedAt)
        )
    }

    func started(_ plan: CopyPlan, run: Int, sequence: Int, context: [String: String]) -> OutgoingEvent {
        watched(encoder.started(plan, run: run, sequence: sequence, context: EventContext(context), at: now()))
    }

    func progress(
        _ plan: CopyPlan,
        run: Int,
        sequence: Int,
        phase: Phase,
        azureStatus: String?,
        context: [String: String]
    ) -> OutgoingEvent {
        let report = ProgressReport(phase: phase, azureStatus: azureStatus)
        return watched(
            encoder.progress(report, of: plan, run: run, sequence: sequence, context: EventContext(context), at: now())
        )
    }

    func outcome(
        _ conclusion: Conclusion,
        plan: CopyPlan,
        run: Int,
        sequence: Int,
        context: [String: String],
        startedAt: Timestamp,
        finishedAt: Timestamp
    ) -> StoredOutcome {
        let event = encoder.outcome(
            conclusion,
            of: plan,
            run: run,
            sequence: sequence,
            context: EventContext(context),
            startedAt: startedAt,
            finishedAt: finishedAt
        )
        return StoredOutcome(
            eventID: event.eventID,
            routingKey: event.routingKey,
            event: event.event.rawValue,
            body: event.body,
            headers: Dictionary(uniqueKeysWithValues: event.headers),
            correlationID: event.correlationID,
            replyTo: context[EventContext.Key.replyTo],
            time: event.time
        )
    }

    func rejected(_ rejection: Rejection, _ delivery: Delivery) -> OutgoingEvent {
        var message = delivery.message
        // What has killed those who looked at it is not looked into for its context.
        if rejection.code == .poisonMessage { message.body = [] }
        let event = encoder.rejected(
            rejection,
            body: delivery.message.body,
            messageID: message.messageID,
            context: EventContext(message.eventContext),
            at: now()
        )
        return OutgoingEvent(message: self.message(event, to: names.results, mandatory: true))
    }

    private func watched(_ event: EncodedEvent) -> OutgoingEvent {
        OutgoingEvent(message: message(event, to: names.progress, mandatory: false))
    }

    private func message(_ event: EncodedEvent, to exchange: String, mandatory: Bool) -> OutgoingMessage {
        var message = AMQPMessage(body: event.body)
        message.contentType = event.contentType
        message.deliveryMode = 2
        message.messageID = event.messageID
        message.correlationID = event.correlationID
        message.type = event.type
        message.timestamp = UInt64(max(0, event.timestamp.milliseconds / 1000))
        for header in event.headers { message.headers[header.name] = .string(header.value) }
        return OutgoingMessage(
            exchange: exchange,
            routingKey: event.routingKey,
            mandatory: mandatory,
            message: message
        )
    }
}
