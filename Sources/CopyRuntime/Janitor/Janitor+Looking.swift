import CopyContract
import CopyDomain
import CopyJournal

/// What is found out about an obligation.
extension Janitor {
    private static let shortestPause: Duration = .seconds(300)
    private static let longestPause: Duration = .seconds(6 * 3600)
    /// How often what needs a person is looked at, in case somebody has decided.
    private static let reminder: Duration = .seconds(24 * 3600)

    /// What a look at an obligation came to; `nil`: nothing yet, look again in the next round.
    ///
    /// Deleted is what is exactly explained:
    /// - a v2 model or a project whose id the service gave to this very run, unless the run succeeded with it;
    /// - a project under a name that only this request and attempt used, after its import token has run out;
    /// - an empty v2 model of the window of a lost authorization, after every authorization of the window has run out,
    ///   if there are no more of them than lost authorizations that explain them.
    ///
    /// An id that a request chose (v3 and later) says nothing about who made what bears it now: it is never deleted.
    ///
    /// What a person was asked to decide is never deleted either: of several models one may be left because somebody
    /// needs it. It is only found out whether all of it is gone.
    func look(at obligation: RecordedObligation, among all: [RecordedObligation]) async -> ObligationFinding? {
        let request = obligation.request
        let found: JournalEntry
        switch try? await engine.journal.attempt({ try await $0.find(request) }) {
        case .success(let entry):
            guard let entry else {
                return needsPerson("The journal does not know the request any more: look yourself.")
            }
            found = entry
        case .failure(let error) where error.code == .unreadable:
            return postponed("The record of the request cannot be read, so it is not known where to look.", obligation)
        case .failure, nil: return nil
        }
        // Its run answers for it, and may yet make use of it.
        guard found.outcome != nil else { return nil }
        do throws(Interruption) {
            let plan = try plan(of: found, for: obligation)
            let target = found.outcome.flatMap(Self.target)
            switch plan.request.apiVersion.family {
            case .formRecognizer:
                return try await FormRecognizerLook(janitor: self, plan: plan, obligation: obligation, target: target)
                    .finding(among: all)
            case .documentIntelligence: return try await lookAtChosenID(of: obligation, plan, target)
            case .customVision:
                return try await CustomVisionLook(janitor: self, plan: plan, obligation: obligation, target: target)
                    .finding()
            }
        } catch {
            switch error {
            case .postponed(let sentence): return postponed(sentence, obligation)
            case .leftToPerson(let sentence): return needsPerson(sentence)
            case .over: return nil
            }
        }
    }

    /// Again after as long as it has been due already, within limits. Who was asked to decide stays asked.
    func postponed(_ sentence: String, _ obligation: RecordedObligation) -> ObligationFinding {
        let now = engine.surroundings.now()
        let pause = min(max(now.since(obligation.due), Self.shortestPause), Self.longestPause)
        return obligation.needsPerson
            ? .needsPerson(obligation.finding ?? sentence, nextLook: now + pause)
            : .open(sentence, nextLook: now + pause)
    }

    func needsPerson(_ sentence: String) -> ObligationFinding {
        .needsPerson(sentence, nextLook: engine.surroundings.now() + Self.reminder)
    }

    var misfit: ObligationFinding { needsPerson("The obligation does not fit the request that owes it.") }

    /// The request's plan with its target as it is configured now: keys go to the hosts of the configuration.
    private func plan(of entry: JournalEntry, for obligation: RecordedObligation) throws(Interruption) -> CopyPlan {
        let name = obligation.resource
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
        of obligation: RecordedObligation,
        _ plan: CopyPlan,
        _ target: String?
    ) async throws(Interruption) -> ObligationFinding {
        let id: String
        switch obligation.subject {
        case .model(let made): id = made
        case .reservation(let reserved): id = reserved
        case .emptyModel, .projectName, .project: return misfit
        }
        guard id == plan.request.target.id?.rawValue else { return misfit }
        if id == target { return .served("It is what the request succeeded with.") }
        guard case .documentIntelligence(.target(let item)) = try await ask(.documentIntelligence(.getTarget), plan)
        else { return misfit }
        if item == nil { return .served("Nothing is visible under the id.") }
        return needsPerson(
            "Something is there under the id \(id). The id was chosen by the request, so whether this request or "
                + "somebody else made it cannot be told: look at it, and delete it if nobody needs it."
        )
    }
}
