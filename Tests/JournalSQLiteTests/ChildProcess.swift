import CopyDomain
import CopyJournal
import Foundation
import JournalConformance
import JournalSQLite
import Synchronization
import Testing

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

    /// Lets many owners take requests from each other until all have ended, and writes down whose outcome each got.
    static func work(requests: Int, owners: Int, as number: Int, path: String) async throws {
        let journal = try await SQLiteJournal(path: path)
        try await withThrowingTaskGroup { group in
            for owner in 0..<owners {
                let owner = OwnerID(rawValue: "process-\(number)-owner-\(owner)")
                group.addTask {
                    var open = Set((0..<requests).map { Samples.id("id-\($0)") })
                    var ended = ""
                    while let id = open.randomElement() {
                        _ = try await journal.beat(owner)
                        guard let outcome = try await turn(id, of: owner, in: journal) else { continue }
                        open.remove(id)
                        if outcome == owner.rawValue { ended += "\(id.rawValue) \(outcome)\n" }
                    }
                    try await journal.retire(owner)
                    return ended
                }
            }
            let ended = try await group.reduce(into: "") { $0 += $1 }
            try ended.write(toFile: "\(path).ended-\(number)", atomically: true, encoding: .utf8)
        }
    }

    /// Takes the request if it can be had, and gives it back or ends it.
    /// - Returns: by whom it has ended, if by this owner; empty if by another; `nil`: not yet.
    private static func turn(_ id: RequestID, of owner: OwnerID, in journal: SQLiteJournal) async throws -> String? {
        let plan = Samples.plan(id)
        switch try await journal.claim(id, content: Samples.content, plan: plan, owner: owner) {
        case .granted(let grant):
            let saved = Samples.checkpoint(plan, sequence: grant.checkpoint.sequence + 1)
            guard try await journal.save(saved, for: grant.lease) == .held else { throw Lost() }
            guard grant.lease.epoch > .random(in: 1...4) else {
                try await journal.release([grant.lease])
                return nil
            }
            let outcome = Samples.outcome(id, body: owner.rawValue)
            guard case .ended(outcome) = try await journal.finish(outcome, checkpoint: saved, for: grant.lease) else {
                throw Lost()
            }
            return owner.rawValue
        case .ended:
            return ""
        case .runningElsewhere:
            return nil
        case .mine, .otherContent, .otherFormat:
            throw Lost()
        }
    }

    private struct Lost: Error {}

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

extension ChildProcess {
    /// Saves while files may not grow, and again when they may.
    static func writeAgainstLimit(path: String) async throws {
        let journal = try await SQLiteJournal(path: path)
        let leases = try await FullDiskTests.leases(10, in: journal)
        let large = ["x": String(repeating: "x", count: 30_000)]
        let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int ?? 0
        try limitFiles(to: size + 50_000)
        let failures = await FullDiskTests.saves(1, of: leases, context: large, in: journal)
        #expect(failures.contains { $0 != nil })
        #expect(failures.compactMap(\.self).allSatisfy { $0.code == .unavailable }, "\(failures)")
        #expect(try await journal.list(after: nil, limit: 100).count == 10)
        try limitFiles(to: nil)
        let saved = failures.map { $0 == nil ? 1 : 0 }
        #expect(try await FullDiskTests.sequences(of: leases, in: journal) == saved)
        try await journal.release(leases)
        #expect(await failure { _ = try await journal.beat(Samples.alice) } == nil)
    }

    private static func limitFiles(to size: Int?) throws {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else {
            throw POSIXError(.EPERM)
        }
        limit.rlim_cur = size.map { rlim_t($0) } ?? limit.rlim_max
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else {
            throw POSIXError(.EPERM)
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
