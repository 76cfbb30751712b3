import CopyDomain
import CopyJournal
import Foundation
import JournalConformance
import JournalSQLite
import Testing

@Suite("several processes on one journal")
struct ProcessTests {
    @Test("each request is granted to one of four that claim at the same time")
    func race() async throws {
        let workshop = try Workshop()
        let path = workshop.path
        await withTaskGroup { group in
            for number in 0..<4 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String, number = number as Int] in
                        try await ChildProcess.claim(rounds: 60, as: number, path: path)
                    }
                }
            }
        }
        let granted = try workshop.run("sh", "-c", "cat '\(path)'.granted-*").split(separator: "\n").map(String.init)
        #expect(granted.sorted() == (0..<60).map { "id-\($0)" }.sorted())
        #expect(try workshop.sqlite3("SELECT count(*) FROM request WHERE epoch = 1") == "60")
    }

    @Test("two with twenty owners each, who take, save, hand back and end: every request ends once, with one outcome")
    func manyOwners() async throws {
        let workshop = try Workshop()
        let path = workshop.path
        await withTaskGroup { group in
            for number in 0..<2 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String, number = number as Int] in
                        try await ChildProcess.work(requests: 60, owners: 20, as: number, path: path)
                    }
                }
            }
        }
        let told = try workshop.run("sh", "-c", "cat '\(path)'.ended-*").split(separator: "\n").map(String.init)
        let journal = try await workshop.open()
        let entries = try await journal.list(after: nil, limit: 100)
        #expect(entries.count == 60)
        #expect(entries.allSatisfy { $0.phase == .ended && $0.owner == nil && $0.epoch > 1 })
        let stored = entries.map { entry in
            "\(entry.id.rawValue) \(String(decoding: entry.outcome?.body ?? [], as: UTF8.self))"
        }
        // Whoever was told that its outcome is the one was told the truth, and nobody else was.
        #expect(told.sorted() == stored.sorted())
    }

    @Test("what a save was told to be durable is there after a SIGKILL at any moment", arguments: 1...25)
    func killed(round: Int) async throws {
        let workshop = try Workshop()
        let path = workshop.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            try await ChildProcess.saveUntilKilled(path: path)
        }
        #expect(try workshop.sqlite3("PRAGMA integrity_check") == "ok")
        let journal = try await workshop.open()
        try await journal.retire(Samples.alice)
        var seen = 0
        for number in 0..<8 {
            // The file may be empty: the death came between making and filling it.
            let text = try? String(contentsOfFile: "\(path).told-\(number)", encoding: .utf8)
            guard let told = text.flatMap({ Int($0) }) else { continue }
            seen += 1
            let plan = Samples.plan(Samples.id("id-\(number)"))
            let claim = try await journal.claim(
                plan.request.id,
                content: Samples.content,
                plan: plan,
                owner: Samples.bob
            )
            guard case .granted(let grant) = claim else {
                Issue.record("not granted: \(claim)")
                continue
            }
            #expect(grant.lease.epoch == 2)
            #expect((told...told + 1).contains(grant.checkpoint.sequence))
        }
        #expect(seen > 0)
    }
}
