import AzureAI
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// The janitor's calls to Azure: through the same budgets as everybody's.
extension Janitor {
    /// Why a look came to no end.
    enum Interruption: Error {
        /// The sentence says what stands in the way.
        case postponed(String)
        /// It must not be deleted: a person was asked to decide. The sentence says what.
        case leftToPerson(String)
        /// Nothing is to be written: the worker stops, or another is the janitor now.
        case over
    }

    /// How long a call may wait for its place in the budget: running copies come first.
    private static let patience: Duration = .seconds(60)
    /// A delete whose janitor died is looked after by the next one then.
    private static let afterDeath: Duration = .seconds(300)

    /// An answer, and when Azure gave it by its own clock.
    struct Reply: Sendable {
        let answer: CopyAnswer
        let date: Timestamp?
    }

    func ask(_ call: CopyCall, _ plan: CopyPlan) async throws(Interruption) -> Reply {
        try await send(call, plan, permit: try await permit(call, plan), sendBefore: nil)
    }

    /// Deletes something, as an intent like any run's: permit, then the note in the journal, then at once the call.
    /// - Parameter date: of the answer that showed it.
    func delete(
        _ call: CopyCall,
        _ plan: CopyPlan,
        for obligation: RecordedObligation,
        asOf date: Timestamp?,
        because reason: String
    ) async throws(Interruption) {
        // What is lost may arrive until then, by Azure's clock: this host's may be ahead.
        guard let date, date >= obligation.due else {
            throw .postponed("By the clock of Azure it may not be deleted yet.")
        }
        guard !obligation.needsPerson else { throw .leftToPerson(obligation.finding ?? reason) }
        let permit = try await permit(call, plan)
        let limit = engine.surroundings.sendBefore(within: engine.settings.sendBefore)
        guard await isInOffice(), await intend(reason, for: obligation) else { throw .over }
        engine.logger.notice(
            "audit: the janitor deletes \(obligation.subject.text)",
            metadata: metadata(of: obligation, LogKey.finding, reason)
        )
        _ = try await send(call, plan, permit: permit, sendBefore: limit)
    }

    private func permit(_ call: CopyCall, _ plan: CopyPlan) async throws(Interruption) -> Permit {
        let permit: Permit?
        do {
            permit = try await engine.azure.permit(call, plan: plan, within: Self.patience)
        } catch {
            throw .over
        }
        guard let permit else { throw .postponed("The resource had no room for the call in its budget.") }
        return permit
    }

    /// - Returns: whether it may be sent: the intent is saved, and nobody has seen to the obligation meanwhile.
    private func intend(_ reason: String, for obligation: RecordedObligation) async -> Bool {
        let number = obligation.number
        let intent = ObligationFinding.open(
            "It is being deleted: \(reason)",
            nextLook: engine.surroundings.now() + Self.afterDeath
        )
        let answer = try? await engine.journal.attempt { try await $0.record(intent, of: number) }
        return (try? answer?.get()) ?? false
    }

    private func send(
        _ call: CopyCall,
        _ plan: CopyPlan,
        permit: Permit,
        sendBefore: SendBefore?
    ) async throws(Interruption) -> Reply {
        let azure = engine.azure
        let result: CallResult
        do {
            result = try await engine.calls.run {
                await azure.send(call, plan: plan, permit: permit, sendBefore: sendBefore)
            }
        } catch {
            throw .over
        }
        switch result {
        case .answered(let answer, let date, _): return Reply(answer: answer, date: date)
        case .failed(let failure): throw .postponed(failure.message)
        case .tooLate: throw .postponed("The call was held up and was not sent.")
        }
    }
}
