import CopyContract
import CopyDomain
import CopyJournal

/// What is found out about an obligation.
extension Janitor {
    private static let shortestPause: Duration = .seconds(300)
    private static let longestPause: Duration = .seconds(6 * 3600)

    /// What a look at an obligation came to; `nil`: nothing yet, look again in the next round.
    ///
    /// Deleted is what is exactly explained:
    /// - a v2 model or a project whose id the service gave to this very run, unless the run succeeded with it;
    /// - a project under a name that only this request and attempt used, after its import token has run out;
    /// - an empty v2 model of the window of a lost authorization, after every authorization of the window has run out,
    ///   if there are no more of them than lost authorizations that explain them.
    ///
    /// An id that a request chose (v3 and later) says nothing about who made what bears it now: it is never deleted.
    func look(at debt: RecordedObligation, among all: [RecordedObligation]) async -> ObligationFinding? {
        let request = debt.request
        guard let answer = try? await engine.journal.attempt({ try await $0.find(request) }),
            let found = try? answer.get()
        else { return nil }
        // Its run answers for it, and may yet make use of it.
        guard found.outcome != nil else { return nil }
        do throws(Interruption) {
            let plan = try plan(of: found, for: debt)
            let target = found.outcome.flatMap(Self.target)
            switch plan.request.apiVersion.family {
            case .formRecognizer:
                return try await FormRecognizerLook(janitor: self, plan: plan, debt: debt, target: target)
                    .finding(among: all)
            case .documentIntelligence: return try await lookAtChosenID(of: debt, plan, target)
            case .customVision:
                return try await CustomVisionLook(janitor: self, plan: plan, debt: debt, target: target).finding()
            }
        } catch {
            switch error {
            case .postponed(let sentence): return postponed(sentence, debt)
            case .over: return nil
            }
        }
    }

    /// Again after as long as it has been due already, within limits.
    func postponed(_ sentence: String, _ debt: RecordedObligation) -> ObligationFinding {
        let now = engine.surroundings.now()
        let pause = min(max(now.since(debt.obligation.due), Self.shortestPause), Self.longestPause)
        return .open(sentence, nextLook: now + pause)
    }

    /// The request's plan with its target as it is configured now: keys go to the hosts of the configuration.
    private func plan(of entry: JournalEntry, for debt: RecordedObligation) throws(Interruption) -> CopyPlan {
        let name = debt.obligation.resource
        guard let present = catalogue.resources[name]?.frozen else {
            throw .postponed("The worker's configuration has no resource \"\(name.rawValue)\" any more.")
        }
        guard entry.plan.target.name == name, present.armID.lowercased() == entry.plan.target.armID.lowercased() else {
            throw .postponed("\"\(name.rawValue)\" is another resource in the worker's configuration now.")
        }
        return CopyPlan(
            request: entry.plan.request,
            source: entry.plan.source,
            target: present,
            acceptedAt: entry.plan.acceptedAt,
            deadline: entry.plan.deadline,
            limits: entry.plan.limits
        )
    }

    /// What the request succeeded with.
    private static func target(of outcome: StoredOutcome) -> String? {
        guard outcome.event == EventName.succeeded.rawValue else { return nil }
        return (try? CopyEvent.decode(body: outcome.body))?.targetID
    }

    private func lookAtChosenID(
        of debt: RecordedObligation,
        _ plan: CopyPlan,
        _ target: String?
    ) async throws(Interruption) -> ObligationFinding {
        let id: String
        switch debt.obligation.subject {
        case .model(let made): id = made
        case .reservation(let reserved): id = reserved
        case .emptyModel, .projectName, .project: return .misfit
        }
        guard id == plan.request.target.id?.rawValue else { return .misfit }
        if id == target { return .served("It is what the request succeeded with.") }
        guard
            case .documentIntelligence(.target(let item)) = try await ask(.documentIntelligence(.getTarget), plan)
                .answer
        else { return .misfit }
        if item == nil { return .served("Nothing is visible under the id.") }
        return .needsPerson(
            "Something is there under the id \(id). The id was chosen by the request, so whether this request or "
                + "somebody else made it cannot be told: look at it, and delete it if nobody needs it."
        )
    }
}

extension ObligationFinding {
    static let misfit = ObligationFinding.needsPerson("The obligation does not fit the request that owes it.")
}
