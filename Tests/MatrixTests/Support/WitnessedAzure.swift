import AzureAI
import CopyDomain
import Simulation

/// The client that a worker uses, and somebody who watches permits and calls.
struct WitnessedAzure: AzureCalling {
    let base: AzureClient
    let witness: Witness

    func permit(_ call: CopyCall, plan: CopyPlan, within limit: Duration) async throws -> Permit? {
        let permit = try await base.permit(call, plan: plan, within: limit)
        if permit != nil { witness.permitted(call, of: plan.request.id) }
        return permit
    }

    func send(_ call: CopyCall, plan: CopyPlan, permit: Permit, sendBefore: SendBefore?) async -> CallResult {
        witness.sent(call, of: plan.request.id, sendBefore: sendBefore)
        return await base.send(call, plan: plan, permit: permit, sendBefore: sendBefore)
    }
}
