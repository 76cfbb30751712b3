import AzureAI
import CopyDomain
import Logging

/// Calls to Azure: permit, intent, sending.
extension Run {
    mutating func perform(_ call: CopyCall) async throws -> Step {
        guard let permit = try await permit(call) else { return .tell(late()) }
        try Task.checkCancellation()
        // From here to the answer nothing but the save stands before the call: the intent is young when it is sent.
        let limit = engine.surroundings.sendBefore(within: engine.settings.sendBefore)
        let action = machine.receive(.elapsed, at: engine.surroundings.now())
        // While it waited for its permit the call may have become pointless, e.g. its authorization ran out. The permit
        // holds the key of its own resource and is good for no other call.
        guard action == .perform(call) else { return .act(action) }
        do {
            guard try await save(isForced: true) else { return .end(try await fenced()) }
        } catch {
            // Whether or not the intent was written: the call was not sent.
            machine.withdrawIntent()
            throw error
        }
        announceProgress()
        return await send(call, permit: permit, sendBefore: limit)
    }

    /// Waits for the call's permit, but not beyond the run's patience.
    /// - Returns: `nil` when the end of that came first.
    func permit(_ call: CopyCall) async throws -> Permit? {
        try await engine.azure.permit(call, plan: plan, within: patience)
    }

    /// - Returns: the run's end when a drain has waited long enough for the answer: the call's fate stays open.
    func send(_ call: CopyCall, permit: Permit, sendBefore: SendBefore?) async -> Step {
        let azure = engine.azure
        let plan = plan
        let result = try? await engine.calls.run {
            await azure.send(call, plan: plan, permit: permit, sendBefore: sendBefore)
        }
        audit(call, result)
        guard let result else { return .end(.handedBack(.drained)) }
        note(result, from: plan.resource(of: call))
        return .tell(event(result))
    }

    private func event(_ result: CallResult) -> MachineEvent<CopyAnswer> {
        switch result {
        case .answered(let answer, let serviceDate, _):
            return .answered(answer, serviceDate: serviceDate)
        case .failed(let failure):
            logger.info(
                "a call failed",
                metadata: [LogKey.code: "\(failure.code.rawValue)", LogKey.error: "\(failure.message)"]
            )
            return .failed(failure)
        case .tooLate:
            return .failed(
                CallFailure(
                    fate: .notDone(retryAfter: nil),
                    code: .azureUnavailable,
                    message: "the call was held up between its intent and the socket and was not sent"
                )
            )
        }
    }
}
