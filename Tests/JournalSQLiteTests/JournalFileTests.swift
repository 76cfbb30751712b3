import CopyDomain
import CopyJournal
import Foundation
import GRDB
import JournalConformance
import Testing

@testable import JournalSQLite

@Suite("the file of the journal")
struct JournalFileTests {
    @Test("is a WAL database of mode 0600 that syncs every commit")
    func settings() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        _ = try await bench.granted(Samples.id("a"))
        let settings = try workshop.sqlite3("PRAGMA journal_mode; PRAGMA application_id; PRAGMA user_version")
        #expect(settings == "wal\n\(0x4143_574A)\n2")
        let own = try await journal.pool.writeWithoutTransaction { db in
            try ["synchronous", "foreign_keys"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
        }
        #expect(own == [2, 1])
        #expect(try workshop.files() == ["journal.db", "journal.db-shm", "journal.db-wal"])
        for file in try workshop.files() {
            #expect(try workshop.permissions(workshop.directory + "/" + file) == 0o600)
        }
    }

    @Test("takes permissions off that others have got")
    func permissions() async throws {
        let workshop = try Workshop()
        try await workshop.open().close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: workshop.path)
        _ = try await workshop.open()
        #expect(try workshop.permissions(workshop.path) == 0o600)
    }

    @Test("is one file again after closing, and closed is closed")
    func closing() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        _ = try await journal.beat(Samples.alice)
        #expect(try await journal.list(after: nil, limit: 1).isEmpty)
        _ = try await journal.beat(Samples.bob)
        try await journal.close()
        #expect(try workshop.files() == ["journal.db"])
        #expect(try workshop.sqlite3("SELECT id FROM owner ORDER BY id") == "alice\nbob")
        #expect(await failure { _ = try await journal.beat(Samples.alice) }?.code == .unavailable)
        #expect(await failure { _ = try await journal.find(Samples.id("a")) }?.code == .unavailable)
    }

    @Test("is begun once by processes that open it at the same time")
    func beginning() async throws {
        let workshop = try Workshop()
        let journals = try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try await workshop.open() } }
            return try await group.reduce(into: [SQLiteJournal]()) { $0.append($1) }
        }
        for (number, journal) in journals.enumerated() {
            let id = Samples.id("from-\(number)")
            _ = try await journal.claim(id, content: [], plan: Samples.plan(id), owner: Samples.alice)
        }
        #expect(try await journals[0].list(after: nil, limit: 100).count == 8)
        #expect(try workshop.files() == ["journal.db", "journal.db-shm", "journal.db-wal"])
    }

    @Test(
        "lets nobody go on when a file of it was removed or replaced under a running process",
        arguments: ["journal.db*", "journal.db", "journal.db-wal", "journal.db-shm"],
        [false, true]
    )
    func replaced(files: String, byAnother: Bool) async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        _ = try await journal.beat(Samples.alice)
        try workshop.run("sh", "-c", "cd '\(workshop.directory)' && rm \(files)")
        // Somebody else's work goes on; what it is refused it is refused for the same reason.
        if byAnother { _ = await failure { try await workshop.open().close() } }
        let unread = await failure { _ = try await journal.find(Samples.id("a")) }
        let failure = try #require(await failure { _ = try await journal.beat(Samples.alice) })
        #expect(failure.code == .unusable)
        #expect(failure.message.contains("removed or replaced"))
        #expect(unread == failure)
    }

    @Test("goes on when it is put back as it was")
    func putBack() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        _ = try await journal.beat(Samples.alice)
        try workshop.run("mv", workshop.path, workshop.path + ".away")
        #expect(await failure { _ = try await journal.beat(Samples.alice) }?.code == .unusable)
        try workshop.run("mv", workshop.path + ".away", workshop.path)
        #expect(try await journal.beat(Samples.alice) == [])
    }

    @Test("answers nothing out of another journal that stood in its place for a while")
    func anotherInItsPlace() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        let own = try await journal.identity()
        let other = workshop.directory + "/other.db"
        try await workshop.open(other).close()
        try workshop.exchange(with: other)
        let refusals = await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await failure { _ = try await journal.identity() } } }
            return await group.reduce(into: [JournalError?]()) { $0.append($1) }
        }
        #expect(refusals.count { $0?.message.contains("removed or replaced") == true } == 50)
        try workshop.exchange(with: other)
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { try await journal.identity() } }
            return try await group.reduce(into: [JournalIdentity]()) { $0.append($1) }
        }
        #expect(answers.count == 200 && Set(answers) == [own])
    }

    @Test("is read by no connection that was opened while another journal stood in its place")
    func connectionToAnother() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        let own = try await journal.identity()
        let other = workshop.directory + "/other.db"
        try await workshop.open(other).close()
        // While one reader is busy, whoever else reads needs another connection.
        let blocker = await DispatchGate.occupying { work in journal.pool.asyncRead { _ in work() } }
        defer { blocker.open() }
        try workshop.exchange(with: other)
        let refusal = await failure { _ = try await journal.pool.read { try JournalReading(db: $0).identity() } }
        #expect(refusal?.message.contains("removed or replaced") == true)
        try workshop.exchange(with: other)
        #expect(try await journal.identity() == own)
        let read = try await journal.pool.read { try JournalReading(db: $0).identity() }
        #expect(read == own)
    }

    @Test("is found through symbolic links to it and to its directory, and is the same for all")
    func linked() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let lease = try await bench.granted(Samples.id("a"))
        try workshop.run("ln", "-s", workshop.path, workshop.directory + "/other.db")
        try workshop.run("ln", "-s", ".", workshop.directory + "/here")
        for path in ["/other.db", "/here/journal.db"] {
            let other = try await workshop.open(workshop.directory + path)
            #expect(try await other.find(lease.id)?.owner == lease.owner)
            #expect(try await other.identity() == journal.identity())
            _ = try await other.beat(Samples.bob)
        }
        #expect(
            try workshop.files() == ["here", "journal.db", "journal.db-shm", "journal.db-wal", "other.db"]
        )
    }

    @Test("comes through a copy taken in mid-use, as after a kill")
    func recovery() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let plan = Samples.plan(Samples.id("a"))
        let lease = try await bench.granted(Samples.id("a"))
        for sequence in 1...50 {
            _ = try await journal.save(Samples.checkpoint(plan, sequence: sequence), for: lease)
        }
        let copy = workshop.directory + "/copy.db"
        try workshop.run("cp", workshop.path, copy)
        try workshop.run("cp", workshop.path + "-wal", copy + "-wal")
        let recovered = try await workshop.open(copy)
        try await recovered.check()
        try await recovered.release([lease])
        let claim = try await recovered.claim(lease.id, content: Samples.content, plan: plan, owner: Samples.bob)
        guard case .granted(let grant) = claim else {
            Issue.record("\(claim)")
            return
        }
        #expect(grant.checkpoint.sequence == 50)
    }

    @Test("is told to be damaged when it is")
    func damaged() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        for number in 0..<50 { _ = try await bench.granted(Samples.id("id-\(number)")) }
        try await journal.check()
        try await journal.close()
        try await (bench.neighbour as? SQLiteJournal)?.close()
        // All pages but the first become noise.
        try workshop.run("dd", "if=/dev/urandom", "of=\(workshop.path)", "bs=4096", "seek=1", "count=40", "status=none")
        let failure = try #require(
            await failure {
                let journal = try await workshop.open()
                try await journal.check()
            }
        )
        #expect(failure.code == .unusable)
        #expect(failure.message.contains(workshop.path))
    }
}

extension Workshop {
    /// Puts another file in the journal's place, and the journal in that file's.
    fileprivate func exchange(with other: String) throws {
        try run("mv", path, path + ".away")
        try run("mv", other, path)
        try run("mv", path + ".away", other)
    }
}

/// The journal's error that `body` throws.
func failure(_ body: () async throws -> Void) async -> JournalError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? JournalError
    }
}
