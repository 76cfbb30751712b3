import CopyDomain
import CopyJournal
import Foundation
import JournalConformance
import JournalSQLite
import Synchronization

/// What processes of their own do to a journal in tests.
enum ChildProcess {
    /// Claims `rounds` requests at once and writes down those that were granted to it.
    static func claim(rounds: Int, as number: Int, path: String) async throws {
        let journal = try await SQLiteJournal(path: path)
        let owner = OwnerID(rawValue: "process-\(number)")
        try await withThrowingTaskGroup { group in
            for round in 0..<rounds {
                group.addTask { try await claim(Samples.id("id-\(round)"), as: owner, sequence: number, in: journal) }
            }
            let granted = try await group.reduce(into: "") { $0 += $1 }
            try granted.write(toFile: "\(path).granted-\(number)", atomically: true, encoding: .utf8)
        }
    }

    private static func claim(
        _ id: RequestID,
        as owner: OwnerID,
        sequence: Int,
        in journal: SQLiteJournal
    ) async throws -> String {
        let plan = Samples.plan(id)
        let claim = try await journal.claim(id, content: Samples.content, plan: plan, owner: owner)
        guard case .granted(let grant) = claim, grant.isNew else { return "" }
        let held = try await journal.save(Samples.checkpoint(plan, sequence: sequence), for: grant.lease)
        return held == .held ? "\(id.rawValue)\n" : ""
    }

    /// Saves eight requests over and over, writes down which saves were said to be durable, and dies among them.
    static func saveUntilKilled(path: String) async throws {
        let journal = try await SQLiteJournal(path: path)
        let countdown = Countdown(from: .random(in: 20...300))
        try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    let plan = Samples.plan(Samples.id("id-\(number)"))
                    let claim = try await journal.claim(
                        plan.request.id,
                        content: Samples.content,
                        plan: plan,
                        owner: Samples.alice
                    )
                    guard case .granted(let grant) = claim else { return }
                    for sequence in 1... {
                        let saved = Samples.checkpoint(plan, sequence: sequence)
                        guard try await journal.save(saved, for: grant.lease) == .held else { return }
                        try Data("\(sequence)".utf8).write(to: URL(fileURLWithPath: "\(path).told-\(number)"))
                        // From another thread, so that it falls somewhere into the commits that are under way.
                        if countdown.next() { DispatchQueue.global().async { _ = raise(SIGKILL) } }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

private final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(from count: Int) {
        left = Mutex(count)
    }

    func next() -> Bool {
        left.withLock { left in
            left -= 1
            return left == 0
        }
    }
}
