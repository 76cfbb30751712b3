import Synchronization

/// Emulated Azure AI resources that answer requests, whatever wire these come over.
package final class EmulatedAzure: Sendable {
    package let clock: EmulatedClock
    let holds = HoldRoom()
    private let cloud: Mutex<AzureCloud>

    package init(_ configuration: EmulatorConfiguration, clock: EmulatedClock) {
        self.clock = clock
        cloud = Mutex(AzureCloud(configuration, now: clock.now))
    }

    /// Asks or changes the emulated cloud; keep it short, everything else waits.
    func withCloud<Result>(_ body: (inout sending AzureCloud) throws -> sending Result) rethrows -> sending Result {
        try cloud.withLock(body)
    }

    /// Takes a request through admission, faults and work, as a whole conversation.
    ///
    /// - Parameter sleep: waits, for latency and slow answers.
    /// - Throws: ``Interruption`` when no answer comes back; `CancellationError` when the caller's task was cancelled
    ///   while the request was held; what `sleep` throws.
    package func exchange(
        _ request: WireRequest,
        sleep: (Duration) async throws -> Void
    ) async throws -> WireAnswer {
        let answer = try await answer(request, sleep: sleep)
        delivered(answer)
        return answer
    }

    /// The answer to a request, which the caller reports as ``delivered(_:)`` once it is on its way.
    ///
    /// - Throws: as ``exchange(_:sleep:)``.
    package func answer(
        _ wire: WireRequest,
        sleep: (Duration) async throws -> Void
    ) async throws -> WireAnswer {
        let now = clock.now
        guard let resource = withCloud({ $0.number(of: wire.resource) }) else {
            throw Interruption.noResource(wire.resource)
        }
        var request = EmulatedRequest(wire, resource: resource, now: now)
        switch withCloud({ $0.admit(&request) }) {
        case .refused(let answer):
            return WireAnswer(answer, to: request, at: clock.now)
        case .admitted(let route, let plan, let latency):
            if latency > 0 { try await sleep(.milliseconds(latency)) }
            let visit = Visit(resource: wire.resource, route: route, plan: plan, request: request)
            var answer = WireAnswer(try await perform(visit, sleep), to: request, at: clock.now)
            if plan.hold(.afterAnswer) != nil { answer.held = held(visit, .afterAnswer) }
            return answer
        }
    }

    /// Says that an answer was handed to the wire.
    package func delivered(_ answer: WireAnswer) {
        if let held = answer.held { holds.note(held) }
    }

    // MARK: - One request

    /// A request that was admitted.
    private struct Visit: Sendable {
        let resource: String
        let route: CloudRoute
        let plan: FaultPlan
        let request: EmulatedRequest
    }

    private func perform(_ visit: Visit, _ sleep: (Duration) async throws -> Void) async throws -> EmulatedAnswer {
        if let refusal = try await pass(.beforeWork, visit, sleep) { return refusal }
        let now = clock.now
        let answer = withCloud { $0.perform(visit.route, visit.request, steering: visit.plan.steering, at: now) }
        if let refusal = try await pass(.afterWork, visit, sleep) { return refusal }
        guard !visit.plan.answerLost else { throw Interruption.answerLost }
        return answer
    }

    /// Lets the faults of `stage` strike; answers what is said instead of the truth.
    private func pass(
        _ stage: Stage,
        _ visit: Visit,
        _ sleep: (Duration) async throws -> Void
    ) async throws -> EmulatedAnswer? {
        if let milliseconds = visit.plan.delay(stage) { try await sleep(.milliseconds(milliseconds)) }
        if let then = visit.plan.hold(stage) {
            switch await holds.hold(held(visit, stage), then: then) {
            case .work?: break
            case .drop?: throw Interruption.reset
            case nil: throw CancellationError()
            }
        }
        switch visit.plan.refusal(stage) {
        case .reset?: throw Interruption.reset
        case .gateway(let refusal)?: return visit.route.answer(refusal)
        case nil: return nil
        }
    }

    private func held(_ visit: Visit, _ stage: Stage) -> HoldRoom.Held {
        HoldRoom.Held(
            resource: visit.resource,
            call: visit.route.call.name,
            clientRequestID: visit.request.clientRequestID,
            when: stage,
            since: clock.now
        )
    }
}
