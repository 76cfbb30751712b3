import CopyDomain
import CopyJournal
import Dispatch
import GRDB
import JournalConformance
import Synchronization
import Testing

@testable import JournalSQLite

@Suite("group commit")
struct GroupCommitTests {
    @Test("lets saves that come together share commits")
    func sharing() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        var leases: [Lease] = []
        for number in 0..<200 { leases.append(try await bench.granted(Samples.id("id-\(number)"))) }
        let before = journal.commitFigures
        try await withThrowingTaskGroup { group in
            for lease in leases {
                group.addTask {
                    let checkpoint = Samples.checkpoint(Samples.plan(lease.id), sequence: 2)
                    let held = try await journal.save(checkpoint, for: lease)
                    #expect(held == .held)
                }
            }
            try await group.waitForAll()
        }
        let figures = journal.commitFigures
        let commits = figures.commits - before.commits
        print("group commit: 200 saves in \(commits) commits, at most \(figures.largestBatch) in one")
        #expect(figures.writes - before.writes == 200)
        #expect(commits < 200)
    }

    @Test("does one write per commit when nobody else waits")
    func alone() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        for _ in 0..<5 { _ = try await journal.beat(Samples.alice) }
        #expect(journal.commitFigures.commits == 5)
        #expect(journal.commitFigures.largestBatch == 1)
    }

    @Test("fails a write that cannot be done without failing its neighbours")
    func neighbours() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        var leases: [Lease] = []
        for number in 0..<6 { leases.append(try await bench.granted(Samples.id("id-\(number)"))) }
        let gate = DispatchSemaphore(value: 0)
        // The writer is kept busy until all writes wait for one commit.
        journal.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
        let results = await withTaskGroup { group in
            for (number, lease) in leases.enumerated() {
                group.addTask {
                    await failure {
                        try await journal.write { transaction in
                            try transaction.execute("UPDATE request SET run = 1 WHERE id = ?", [lease.id.rawValue])
                            try transaction.touch(OwnerID(rawValue: "owner-\(number)"))
                            switch number {
                            case 2: try transaction.execute("INSERT INTO owner (id, seen_at) VALUES ('x', 'y')", [])
                            case 4: try transaction.execute("UPDATE request SET format = NULL", [])
                            default: break
                            }
                        }
                    }
                }
            }
            await journal.waiting(6)
            gate.signal()
            return await group.reduce(into: [JournalError?]()) { $0.append($1) }
        }
        #expect(results.compactMap(\.self).map(\.code) == [.unusable, .unusable])
        let owners = try workshop.sqlite3("SELECT id FROM owner WHERE id LIKE 'owner-%' ORDER BY id")
        #expect(owners == "owner-0\nowner-1\nowner-3\nowner-5")
    }

    @Test("does not undo the neighbours of a claim that cannot be read")
    func unreadable() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let bad = try await bench.granted(Samples.id("bad"))
        let good = try await bench.granted(Samples.id("good"))
        try await journal.release([bad])
        try workshop.sqlite3("UPDATE request SET checkpoint = '{}' WHERE id = 'bad'")
        let gate = DispatchSemaphore(value: 0)
        journal.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
        let commits = journal.commitFigures.commits
        async let claim = failure { _ = try await bench.claim(bad.id, as: Samples.bob) }
        async let save = journal.save(Samples.checkpoint(Samples.plan(good.id)), for: good)
        await journal.waiting(2)
        gate.signal()
        #expect(await claim?.code == .unreadable)
        #expect(try await save == .held)
        #expect(journal.commitFigures.commits == commits + 1)
        #expect(try await journal.find(bad.id)?.owner == nil)
        #expect(try await journal.find(bad.id)?.epoch == 1)
    }

    @Test("gives a grant back when its claim was told that the store is away")
    func undone() async throws {
        let workshop = try Workshop()
        let gate = DispatchGate()
        // The clock is read inside the transaction: it stands for a disk that does not answer for a while.
        let journal = try await SQLiteJournal(
            path: workshop.path,
            callLimit: .seconds(4),
            machine: workshop.machine
        ) { [clock = workshop.clock] in
            gate.wait()
            gate.open()
            return clock.now
        }
        let id = Samples.id("abandoned")
        let plan = Samples.plan(id)
        let failure = await failure {
            _ = try await journal.claim(id, content: Samples.content, plan: plan, owner: Samples.alice)
        }
        #expect(failure?.code == .unavailable)
        gate.open()
        let again = try await journal.claim(id, content: Samples.content, plan: plan, owner: Samples.alice)
        let lease = Lease(id: id, run: 1, epoch: 2, owner: Samples.alice)
        #expect(again == .granted(Grant(lease: lease, checkpoint: Checkpoint(first: plan), isNew: true)))
    }

    @Test("gives a grant back later when it cannot be given back at once")
    func undoneLater() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let lease = try await bench.granted(Samples.id("a"))
        let tries = Mutex(0)
        let ticket = await withCheckedContinuation { given in
            Task {
                _ = await withCheckedContinuation { continuation in given.resume(returning: Ticket<Int>(continuation)) }
            }
        }
        // Nobody waits when it is committed, although somebody did when it was begun.
        journal.commits.add(
            QueuedWrite(answering: ticket) { _ in
                { transaction in
                    guard
                        tries.withLock({
                            $0 += 1; return $0
                        }) > 1
                    else { throw DatabaseError(resultCode: .SQLITE_FULL) }
                    try transaction.release([lease])
                }
            } _: { _ in
                ticket.settle(.success(0))
                return 1
            }
        )
        while tries.withLock({ $0 }) == 0 { await Task.yield() }
        #expect(try await journal.find(lease.id)?.owner == Samples.alice)
        _ = try await journal.beat(Samples.bob)
        #expect(try await journal.find(lease.id)?.owner == nil)
        #expect(tries.withLock { $0 } == 2)
    }

    @Test("takes no more than its limit into one commit")
    func limit() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        let gate = DispatchSemaphore(value: 0)
        journal.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
        let count = 2 * CommitQueue.batchLimit + 1
        try await withThrowingTaskGroup { group in
            for number in 0..<count {
                group.addTask { _ = try await journal.beat(OwnerID(rawValue: "owner-\(number)")) }
            }
            await journal.waiting(count)
            gate.signal()
            try await group.waitForAll()
        }
        #expect(journal.commitFigures.commits == 3)
        #expect(journal.commitFigures.largestBatch == CommitQueue.batchLimit)
        #expect(try workshop.sqlite3("SELECT count(*) FROM owner") == "\(count)")
    }
}

extension SQLiteJournal {
    /// Comes back when so many writes wait for a commit.
    fileprivate func waiting(_ count: Int) async {
        while commits.waitingCount < count { await Task.yield() }
    }
}
