import CopyDomain
import CopyJournal
import JournalConformance
import JournalSQLite
import Testing

@Suite("a lock that another process keeps for long")
struct LongLockTests {
    @Test("ends every write at its limit, answers what is read, and is forgotten when it is let go")
    func long() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open(callLimit: .seconds(1))
        let (held, waiting) = (Samples.id("held"), Samples.id("waiting"))
        let plan = Samples.plan(held)
        let claim = try await journal.claim(held, content: Samples.content, plan: plan, owner: Samples.alice)
        guard case .granted(let grant) = claim else { return try #require(Bool(false), "\(claim)") }
        let checkpoint = Samples.checkpoint(plan, sequence: 5)
        let holder = try LockHolder(workshop.path)
        let writes: [@Sendable () async throws -> Void] = [
            { _ = try await journal.beat(Samples.alice) },
            { _ = try await journal.save(checkpoint, for: grant.lease) },
            { _ = try await journal.cancel(held) },
            { _ = try await journal.tend(Samples.alice) },
            { _ = try await journal.reserve("name", for: grant.lease) },
            {
                let plan = Samples.plan(waiting)
                _ = try await journal.claim(waiting, content: Samples.content, plan: plan, owner: Samples.alice)
            },
            { _ = try await journal.finish(Samples.outcome(held), checkpoint: checkpoint, for: grant.lease) },
        ]
        // Each round takes the limit of a call, and no less: the lock outlasts dozens of calls.
        for _ in 0..<8 {
            workshop.clock.advance(.seconds(1))
            let failures = await withTaskGroup { group in
                for write in writes { group.addTask { await failure { try await write() } } }
                return await group.reduce(into: [JournalError?]()) { $0.append($1) }
            }
            #expect(failures.compactMap(\.self).map(\.code) == Array(repeating: .unavailable, count: writes.count))
            #expect(try await journal.find(held)?.owner == Samples.alice)
            #expect(try await journal.find(waiting) == nil)
        }
        try holder.letGo()
        // Nothing that was refused is done behind its caller's back.
        #expect(try await journal.beat(Samples.alice) == [])
        #expect(try await journal.find(held)?.phase != .ended)
        #expect(try await journal.find(waiting) == nil)
        for write in writes { try await write() }
        #expect(try await journal.find(held)?.outcome == Samples.outcome(held))
        #expect(try await journal.find(waiting)?.owner == Samples.alice)
    }
}
