import CopyDomain
import CopyJournal
import Foundation
import JournalConformance
import Testing

@testable import JournalSQLite

/// What a broken disk or a careless hand made of a journal's files.
struct Damage: Sendable, CustomStringConvertible {
    let description: String
    let said: String
    /// Shell, in the directory of `journal.db` and its log.
    let command: String

    init(_ description: String, said: String, _ command: String) {
        self.description = description
        self.said = said
        self.command = command
    }

    private static func noise(_ file: String, at offset: Int, count: Int) -> String {
        "head -c \(count) /dev/urandom | dd of=\(file) bs=1 seek=\(offset) conv=notrunc status=none"
    }

    private static func zeros(_ file: String, at offset: Int, count: Int) -> String {
        "head -c \(count) /dev/zero | dd of=\(file) bs=1 seek=\(offset) conv=notrunc status=none"
    }

    static let all = [
        Damage(
            "the name in the header",
            said: "not a database",
            "rm journal.db-wal; " + noise("journal.db", at: 0, count: 16)
        ),
        Damage(
            "the whole header",
            said: "not a database",
            "rm journal.db-wal; " + noise("journal.db", at: 0, count: 100)
        ),
        Damage(
            "a first page of zeros",
            said: "not a database",
            "rm journal.db-wal; " + zeros("journal.db", at: 0, count: 4096)
        ),
        Damage("no more than the header", said: "damaged", "rm journal.db-wal; truncate -s 100 journal.db"),
        Damage(
            "a tree of the schema",
            said: "damaged",
            "rm journal.db-wal; " + noise("journal.db", at: 100, count: 200)
        ),
        Damage("a log of noise", said: "journal.db-wal is damaged", "head -c 50000 /dev/urandom > journal.db-wal"),
        Damage("the log's header", said: "after 0 of its frames", noise("journal.db-wal", at: 4, count: 20)),
        Damage(
            "a log that begins with zeros",
            said: "after 0 of its frames",
            zeros("journal.db-wal", at: 0, count: 32)
        ),
        Damage(
            "a page in the log",
            said: "after 3 of its frames",
            noise("journal.db-wal", at: 32 + 3 * 4120 + 500, count: 8)
        ),
        Damage(
            "a frame's header in the log",
            said: "after 3 of its frames",
            zeros("journal.db-wal", at: 32 + 3 * 4120, count: 24)
        ),
        Damage(
            "many pages in the log",
            said: "after 1 of its frames",
            noise("journal.db-wal", at: 32 + 4120, count: 30_000)
        ),
        Damage("a journal that went, with a log that stayed", said: "-wal is still there", "rm journal.db"),
        Damage("an emptied journal", said: "is empty", ": > journal.db"),
    ]
}

@Suite("a damaged journal")
struct DamageTests {
    @Test("is refused with a sentence that says what is damaged, and left as it is", arguments: Damage.all)
    func refused(_ damage: Damage) async throws {
        let workshop = try Workshop()
        let copy = try await Self.killed(in: workshop)
        try workshop.run("sh", "-c", "cd '\(copy.directory)' && \(damage.command)")
        let before = try copy.checksums()
        let failure = try #require(await failure { _ = try await copy.open() })
        #expect(failure.code == .unusable)
        #expect(failure.message.contains(damage.said), "\(failure)")
        #expect(failure.message.contains(copy.path))
        #expect(try copy.checksums() == before)
    }

    @Test(
        "whose log ends in what a power failure leaves opens with all that was said to be durable",
        arguments: [
            "truncate -s -100 journal.db-wal", "truncate -s -4120 journal.db-wal",
            "head -c 4120 /dev/urandom >> journal.db-wal", "head -c 40000 /dev/zero >> journal.db-wal",
            "head -c 40000 /dev/urandom > journal.db-shm", ": > journal.db-shm", "true",
        ]
    )
    func tail(command: String) async throws {
        let workshop = try Workshop()
        let copy = try await Self.killed(in: workshop)
        try workshop.run("sh", "-c", "cd '\(copy.directory)' && \(command)")
        let journal = try await copy.open()
        try await journal.check()
        // Only the last commit may be missing: a torn tail is one that nobody was told of.
        let last = try await Self.sequence(in: journal)
        #expect(command.hasPrefix("truncate") ? [29, 30].contains(last) : last == 30)
        _ = try await journal.beat(Samples.alice)
    }

    @Test(
        "that was begun when the power failed is none: nothing was saved in it",
        arguments: ["", "0123456789", "\0\0"]
    )
    func unbegun(log: String) async throws {
        let workshop = try Workshop()
        try await workshop.open().close()
        let size = log == "\0\0" ? 8192 : 0
        try Data(log.utf8).write(to: URL(fileURLWithPath: workshop.path + "-wal"))
        try workshop.run("truncate", "-s", size > 0 ? "\(size)" : "+0", workshop.path + "-wal")
        _ = try await workshop.open().beat(Samples.alice)
    }

    @Test("that only looked so while somebody wrote is none")
    func written() async throws {
        let workshop = try Workshop()
        let copy = try await Self.killed(in: workshop)
        let log = copy.path + "-wal"
        try copy.run("cp", log, log + ".sound")
        try copy.run(
            "sh",
            "-c",
            "head -c 8 /dev/urandom | dd of='\(log)' bs=1 seek=\(32 + 3 * 4120 + 500) conv=notrunc status=none"
        )
        #expect(throws: JournalError.self) { try WriteAheadLog(path: log).check() }
        try WriteAheadLog(path: log) { _ = try? copy.run("cp", log + ".sound", log) }.check()
    }

    @Test("in the middle costs the calls that meet the damage, each of which says so, and no others")
    func middle() async throws {
        let workshop = try Workshop()
        let (bench, first) = try await workshop.bench()
        let large = ["x": String(repeating: "x", count: 40_000)]
        for number in 0..<10 {
            let plan = Samples.plan(Samples.id("id-\(number)"))
            let lease = try await bench.granted(plan.request.id)
            #expect(try await first.save(Samples.checkpoint(plan, context: large), for: lease) == .held)
        }
        try await first.close()
        try await (bench.neighbour as? SQLiteJournal)?.close()
        // An overflow page: the middle of one checkpoint.
        let text = String(repeating: "x", count: 3000)
        let offset = try #require(
            Int(try workshop.run("sh", "-c", "grep -obUa -m1 '\(text)' '\(workshop.path)' | head -1 | cut -d: -f1"))
        )
        let page = offset / 4096 * 4096
        try workshop.run(
            "sh",
            "-c",
            "head -c 4 /dev/urandom | dd of='\(workshop.path)' bs=1 seek=\(page) conv=notrunc status=none"
        )
        let journal = try await workshop.open()
        workshop.clock.advance(.seconds(11))
        var hurt = 0
        for number in 0..<10 {
            let id = Samples.id("id-\(number)")
            let error = await failure {
                _ = try await journal.claim(id, content: Samples.content, plan: Samples.plan(id), owner: Samples.bob)
            }
            guard let error else { continue }
            hurt += 1
            #expect(error.code == .unusable)
            #expect(error.message.contains("damaged"))
        }
        #expect(hurt == 1)
        let check = try #require(await failure { try await journal.check() })
        #expect(check.code == .unusable)
        #expect(check.message.contains("Restore a copy"))
        #expect(try await journal.beat(Samples.alice) == [])
    }

    /// The files of a journal whose processes were killed: the last saves are in the log.
    private static func killed(in workshop: Workshop) async throws -> Workshop {
        let (bench, journal) = try await workshop.bench()
        let plan = Samples.plan(Samples.id("a"))
        let lease = try await bench.granted(plan.request.id)
        for sequence in 1...30 {
            #expect(try await journal.save(Samples.checkpoint(plan, sequence: sequence), for: lease) == .held)
        }
        let copy = try Workshop()
        for suffix in ["", "-wal", "-shm"] { try workshop.run("cp", workshop.path + suffix, copy.path + suffix) }
        return copy
    }

    private static func sequence(in journal: SQLiteJournal) async throws -> Int? {
        try await journal.retire(Samples.alice)
        let plan = Samples.plan(Samples.id("a"))
        let claim = try await journal.claim(plan.request.id, content: Samples.content, plan: plan, owner: Samples.bob)
        guard case .granted(let grant) = claim else { return nil }
        return grant.checkpoint.sequence
    }
}

extension Workshop {
    fileprivate func checksums() throws -> String {
        try run("sh", "-c", "cd '\(directory)' && cksum journal.db journal.db-wal 2>&1; true")
    }
}
