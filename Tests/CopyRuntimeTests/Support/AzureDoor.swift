import AzureAI
import CopyDomain
import Simulation

/// One worker's way to Azure.
struct AzureDoor: AzureCalling {
    let azure: TinyAzure
    let life: Life
    let witness: Witness
    /// Requests that kill their worker as soon as they want to call.
    var deadly: Set<String> = []

    func permit(_ call: CopyCall, plan: CopyPlan, within limit: Duration) async throws -> Permit? {
        if deadly.contains(plan.request.id.rawValue) { life.end() }
        guard life.goesOn() else { throw CancellationError() }
        try await azure.clock.sleep(for: .milliseconds(2) + azure.permitDelay(call))
        witness.permitted(call, of: plan.request.id)
        return Permit()
    }

    func send(_ call: CopyCall, plan: CopyPlan, permit: Permit, sendBefore: SendBefore?) async -> CallResult {
        let lost = CallResult.failed(.test(call.hasSideEffect ? .unknown : .notDone(retryAfter: nil)))
        guard life.goesOn() else { return lost }
        let request = plan.request.id
        witness.sent(call, of: request, sendBefore: sendBefore)
        let fault = azure.faults(call, request)
        var latency = azure.latency
        switch fault {
        case .refused?: return .failed(.test(.refused, .requestRefused))
        case .throttled(let pause)?: return .failed(.test(.notDone(retryAfter: pause), .throttled))
        case .slow(let more)?: latency += more
        case .lostBefore?:
            try? await azure.clock.sleep(for: latency)
            return lost
        case .lostAfter?, nil: break
        }
        try? await azure.clock.sleep(for: latency / 2)
        guard !life.isOver else { return lost }
        let answer = azure.carryOut(call, of: plan.request)
        try? await azure.clock.sleep(for: latency / 2)
        guard life.goesOn(), fault != .lostAfter else { return lost }
        switch answer {
        case .success(let answer): return .answered(answer, serviceDate: Stage.noon + azure.clock.elapsed)
        case .failure(let failure): return .failed(failure)
        }
    }
}
