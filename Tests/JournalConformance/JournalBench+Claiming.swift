package import CopyDomain
package import CopyJournal
package import Testing

extension JournalBench {
    /// Claims with the content and the plan that all cases use.
    package func claim(
        _ id: RequestID,
        as owner: OwnerID = Samples.alice,
        content: [UInt8] = Samples.content
    ) async throws -> Claim {
        try await journal.claim(id, content: content, plan: Samples.plan(id), owner: owner)
    }

    /// The lease of a claim that has to be granted.
    package func granted(
        _ id: RequestID,
        as owner: OwnerID = Samples.alice,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Lease {
        try await grant(id, as: owner, sourceLocation: sourceLocation).lease
    }

    /// What comes of a claim that has to be granted.
    package func grant(
        _ id: RequestID,
        as owner: OwnerID = Samples.alice,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Grant {
        let claim = try await claim(id, as: owner)
        guard case .granted(let grant) = claim else {
            Issue.record("not granted: \(claim)", sourceLocation: sourceLocation)
            throw NotGranted()
        }
        return grant
    }

    /// Makes a request end.
    package func end(_ lease: Lease, body: String = "{}") async throws {
        let checkpoint = Samples.checkpoint(Samples.plan(lease.id))
        let outcome = Samples.outcome(lease.id, body: body)
        try #require(
            await journal.finish(outcome, checkpoint: checkpoint, for: lease) == .ended(outcome)
        )
    }

    /// Long enough for whoever is silent to be taken for dead.
    func letOwnersGrowStale() {
        clock.advance(.milliseconds(10_001))
    }
}

struct NotGranted: Error {}
