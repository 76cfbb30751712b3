import CopyDomain
import CopyJournal
import Foundation
import JournalConformance
import Testing

@testable import JournalSQLite

@Suite("a disk that takes no more", .serialized)
struct FullDiskTests {
    @Test(
        "refuses every write with a sentence about it, answers every question, and goes on by itself when there is room",
        .enabled(if: Volume.isPossible, "needs the right to mount")
    )
    func full() async throws {
        let workshop = try Workshop()
        let volume = try Volume(in: workshop, size: "4m")
        let journal = try await workshop.open(volume.path)
        let leases = try await Self.leases(40, in: journal)
        let owed = try await journal.identity()
        try volume.fill()
        // The log is written from its beginning again only after a checkpoint: what room it has is used up first.
        while await failure({ _ = try await journal.beat(Samples.alice) }) == nil {
            workshop.clock.advance(.seconds(1))
        }
        let failures = await Self.saves(1, of: leases, in: journal)
        #expect(failures.compactMap(\.self).map(\.code) == Array(repeating: .unavailable, count: 40))
        #expect(failures.allSatisfy { $0?.message.contains("the disk is full") == true }, "\(failures)")
        for call in [
            await failure { _ = try await journal.beat(Samples.alice) },
            await failure { _ = try await journal.cancel(Samples.id("a")) },
            await failure { _ = try await Self.leases(41, in: journal) },
        ] {
            #expect(call?.code == .unavailable)
        }
        #expect(try await journal.find(leases[7].id)?.owner == Samples.alice)
        #expect(try await journal.list(after: nil, limit: 100).count == 40)
        #expect(try await journal.identity() == owed)

        try volume.empty()
        #expect(await Self.saves(2, of: leases, in: journal).allSatisfy { $0 == nil })
        try await journal.check()
        #expect(try await Self.sequences(of: leases, in: journal) == Array(repeating: 2, count: 40))
    }

    @Test(
        "in the middle of a group commit: what was said to be saved is there, what was not is as before, whole",
        .enabled(if: Volume.isPossible, "needs the right to mount"),
        arguments: [0, 16_384, 65_536, 200_000, 500_000]
    )
    func middle(room: Int) async throws {
        let workshop = try Workshop()
        let volume = try Volume(in: workshop, size: "8m")
        let journal = try await workshop.open(volume.path)
        let leases = try await Self.leases(60, in: journal)
        try volume.fill(leaving: room)
        let failures = await Self.saves(
            1,
            of: leases,
            context: ["x": String(repeating: "x", count: 20_000)],
            in: journal
        )
        #expect(failures.compactMap(\.self).allSatisfy { $0.code == .unavailable }, "\(failures)")
        #expect(failures.contains { $0 != nil })
        try volume.empty()
        try await journal.check()
        let saved = try await Self.sequences(of: leases, in: journal)
        #expect(saved == failures.map { $0 == nil ? 1 : 0 })
    }

    @Test(
        "at the start: the journal cannot be begun, nothing is left behind, and the next try begins it",
        .enabled(if: Volume.isPossible, "needs the right to mount")
    )
    func beginning() async throws {
        let workshop = try Workshop()
        let volume = try Volume(in: workshop, size: "1m")
        try volume.fill(leaving: 8192)
        let failure = try #require(await failure { _ = try await workshop.open(volume.path, callLimit: .seconds(2)) })
        #expect(failure.code == .unavailable)
        #expect(try workshop.run("ls", volume.directory) == "filler")
        try volume.empty()
        _ = try await workshop.open(volume.path).beat(Samples.alice)
    }

    @Test("a file system that is read-only is no place for a journal until it is not", .enabled(if: Volume.isPossible))
    func readOnly() async throws {
        let workshop = try Workshop()
        let volume = try Volume(in: workshop, size: "1m")
        try await workshop.open(volume.path).close()
        try volume.setWritable(false)
        let failure = try #require(await failure { _ = try await workshop.open(volume.path) })
        #expect(failure.code == .unusable)
        #expect(failure.message.contains("may not be written"))
        try volume.setWritable(true)
        _ = try await workshop.open(volume.path).beat(Samples.alice)
    }

    @Test("a limit on the size of files refuses writes while it holds, and what was saved before stays")
    func limited() async throws {
        let workshop = try Workshop()
        let path = workshop.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            try await ChildProcess.writeAgainstLimit(path: path)
        }
        #expect(try workshop.sqlite3("PRAGMA integrity_check") == "ok")
    }

    // MARK: - Writing

    static func leases(_ count: Int, in journal: SQLiteJournal) async throws -> [Lease] {
        var leases: [Lease] = []
        for number in 0..<count {
            let plan = Samples.plan(Samples.id("id-\(number)"))
            switch try await journal.claim(plan.request.id, content: Samples.content, plan: plan, owner: Samples.alice)
            {
            case .granted(let grant): leases.append(grant.lease)
            case .mine(let lease): leases.append(lease)
            case .runningElsewhere, .ended, .otherContent, .otherFormat: break
            }
        }
        return leases
    }

    /// Saves all at once.
    /// - Returns: what each was refused with, in the order of the leases.
    static func saves(
        _ sequence: Int,
        of leases: [Lease],
        context: [String: String] = [:],
        in journal: SQLiteJournal
    ) async -> [JournalError?] {
        await withTaskGroup { group in
            for (number, lease) in leases.enumerated() {
                group.addTask {
                    let saved = Samples.checkpoint(Samples.plan(lease.id), sequence: sequence, context: context)
                    return (
                        number,
                        await failure {
                            let held = try await journal.save(saved, for: lease)
                            #expect(held == .held)
                        }
                    )
                }
            }
            return await group.reduce(into: Array(repeating: nil, count: leases.count)) { $0[$1.0] = $1.1 }
        }
    }

    static func sequences(of leases: [Lease], in journal: SQLiteJournal) async throws -> [Int] {
        try await journal.retire(Samples.alice)
        var sequences: [Int] = []
        for lease in leases {
            let plan = Samples.plan(lease.id)
            let claim = try await journal.claim(lease.id, content: Samples.content, plan: plan, owner: Samples.bob)
            guard case .granted(let grant) = claim else { continue }
            sequences.append(grant.checkpoint.sequence)
        }
        return sequences
    }
}
