import AzureEmulation
import CopyDomain
import CopyJournal
import Simulation
import Testing

extension Scene {
    /// What must hold at the end of every play: one outcome, always the same bytes; at most one target ever finished;
    /// no authorization used twice; nothing in the target that is neither the copy nor named.
    ///
    /// - Parameters:
    ///   - before: what the target held before the play.
    ///   - expected: `nil`: however it ends.
    func check(
        _ id: String = "r",
        in target: String = "east",
        before: Inventory,
        _ expected: Cell.Ending?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let outcomes = outcomes(of: id)
        let outcome = try #require(outcomes.first, "no outcome", sourceLocation: sourceLocation)
        #expect(outcome.ending == expected ?? outcome.ending, "\(outcome.text)", sourceLocation: sourceLocation)
        #expect(Set(outcomes.map(\.id)).count == 1, "two outcomes", sourceLocation: sourceLocation)
        if case .refused? = outcome.ending {
            // A refusal tells when it was said.
        } else {
            #expect(Set(outcomes.map(\.body)).count == 1, "other bytes", sourceLocation: sourceLocation)
        }
        let finished = azure.finishedTargets.filter { $0.clientRequestID == id }
        #expect(finished.count <= 1, "\(finished)", sourceLocation: sourceLocation)
        for authorization in azure.authorizations {
            #expect(authorization.uses <= 1, "\(authorization)", sourceLocation: sourceLocation)
        }
        #expect(witness.violations.isEmpty, sourceLocation: sourceLocation)
        try await checkRemains(of: id, in: target, before: before, outcome, sourceLocation: sourceLocation)
    }

    private func checkRemains(
        of id: String,
        in target: String,
        before: Inventory,
        _ outcome: PublishedOutcome,
        sourceLocation: SourceLocation
    ) async throws {
        let inventory = Inventory(of: target, in: azure)
        let named = outcome.leftBehind.union(try await owed(by: id))
        var added = inventory.added(to: before)
        if outcome.ending == .copied {
            let copies = inventory.items.filter { $0.id == outcome.targetID }
            #expect(copies.count == 1, "no target", sourceLocation: sourceLocation)
            let isDone = copies.allSatisfy { ["ready", "Succeeded"].contains($0.status) }
            #expect(isDone, "\(copies)", sourceLocation: sourceLocation)
            added.removeAll { $0.id == outcome.targetID }
        }
        let unnamed = added.filter { !named.contains($0.id) && !named.contains($0.name ?? $0.id) }
        #expect(unnamed.isEmpty, "left and not named: \(unnamed)", sourceLocation: sourceLocation)
    }

    /// Ids and names that the request's obligations are about.
    private func owed(by id: String) async throws -> Set<String> {
        var names: Set<String> = []
        for owed in try journal.obligations() where owed.request.rawValue == id {
            switch owed.obligation.subject {
            case .emptyModel(_, _, let suspects): names.formUnion(suspects)
            case .model(let id), .reservation(let id), .project(let id): names.insert(id)
            case .projectName(let name): names.insert(name)
            }
        }
        return names
    }
}
