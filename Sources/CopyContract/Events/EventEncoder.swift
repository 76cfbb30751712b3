package import CopyDomain

/// Writes events as CloudEvents 1.0. Pure: equal arguments give equal bytes.
package struct EventEncoder: Sendable {
    /// The `source` of every event: a URI of the pool, never a host.
    package let source: String

    package init(source: String) {
        self.source = source
    }

    /// The one outcome of a run: `succeeded`, `failed`, `cancelled` or `checked`.
    package func outcome(
        _ conclusion: Conclusion,
        of plan: CopyPlan,
        run: Int,
        sequence: Int,
        context: EventContext,
        startedAt: Timestamp? = nil,
        finishedAt: Timestamp
    ) -> EncodedEvent {
        let event: EventName
        var target: [JSONField] = []
        let details: [JSONField]
        switch conclusion {
        case .succeeded(let success):
            event = .succeeded
            target = EventData.target(success, of: plan)
            details = EventData.details(success)
        case .failed(let failure):
            event = .failed
            details = EventData.details(failure)
        case .cancelled(let cancellation):
            event = .cancelled
            details = EventData.details(cancellation)
        case .checked(let report):
            event = .checked
            details = EventData.details(report)
        }
        let data =
            EventData.head(event, of: plan, run: run, target: target) + details
            + EventData.times(acceptedAt: plan.acceptedAt, startedAt: startedAt, finishedAt: finishedAt)
        return encode(event, of: plan, run: run, number: nil, sequence, context, finishedAt, data)
    }

    /// The request was taken on: it will have an outcome.
    package func accepted(
        _ plan: CopyPlan,
        run: Int,
        sequence: Int,
        context: EventContext,
        at time: Timestamp
    ) -> EncodedEvent {
        let data =
            EventData.head(.accepted, of: plan, run: run)
            + [EventData.moment("acceptedAt", plan.acceptedAt), EventData.moment("deadline", plan.deadline)]
        return encode(.accepted, of: plan, run: run, number: nil, sequence, context, time, data)
    }

    /// The run has begun.
    package func started(
        _ plan: CopyPlan,
        run: Int,
        sequence: Int,
        context: EventContext,
        at time: Timestamp
    ) -> EncodedEvent {
        let data =
            EventData.head(.started, of: plan, run: run)
            + [
                EventData.moment("acceptedAt", plan.acceptedAt), EventData.moment("startedAt", time),
                EventData.moment("deadline", plan.deadline),
            ]
        return encode(.started, of: plan, run: run, number: nil, sequence, context, time, data)
    }

    /// Where a run stands; `sequence` is also the number in the event's id.
    package func progress(
        _ report: ProgressReport,
        of plan: CopyPlan,
        run: Int,
        sequence: Int,
        context: EventContext,
        at time: Timestamp
    ) -> EncodedEvent {
        let data = EventData.head(.progress, of: plan, run: run) + EventData.details(report)
        return encode(.progress, of: plan, run: run, number: sequence, sequence, context, time, data)
    }

    private func encode(
        _ event: EventName,
        of plan: CopyPlan,
        run: Int,
        number: Int?,
        _ sequence: Int,
        _ context: EventContext,
        _ time: Timestamp,
        _ data: [JSONField]
    ) -> EncodedEvent {
        let request = plan.request
        let id = "\(request.id.rawValue)#\(run)#\(event.rawValue)" + (number.map { "#\($0)" } ?? "")
        return CloudEventText(
            event: event,
            id: id,
            source: source,
            subject: request.id.rawValue,
            time: time,
            sequence: sequence,
            context: context,
            data: data
        ).encoded(
            kind: request.kind,
            target: request.target.resource,
            correlationID: context.correlationID ?? request.id.rawValue
        )
    }
}

/// Where a run stands, for those who watch.
package struct ProgressReport: Hashable, Sendable {
    package var phase: Phase
    /// As Azure spells it, e.g. `running` or `Importing`.
    package var azureStatus: String?

    package init(phase: Phase, azureStatus: String? = nil) {
        self.phase = phase
        self.azureStatus = azureStatus
    }
}
