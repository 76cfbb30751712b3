import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let concurrency = [
        ConformanceCase("of eight owners that claim at once exactly one is granted") { bench async throws in
            for round in 0..<5 {
                let id = Samples.id("race-\(round)")
                let claims = try await withThrowingTaskGroup { group in
                    for number in 0..<8 {
                        let journal = number.isMultiple(of: 2) ? bench.journal : bench.neighbour
                        group.addTask {
                            try await journal.claim(
                                id,
                                content: Samples.content,
                                plan: Samples.plan(id),
                                owner: OwnerID(rawValue: "owner-\(number)")
                            )
                        }
                    }
                    return try await group.reduce(into: [Claim]()) { $0.append($1) }
                }
                let winners = claims.compactMap { claim in
                    if case .granted(let grant) = claim, grant.isNew { grant.lease.owner } else { nil }
                }
                let winner = try #require(winners.first)
                #expect(winners.count == 1)
                #expect(claims.filter { $0 == .runningElsewhere(winner) }.count == 7)
            }
        },
        ConformanceCase("of eight owners that take a silent one's request exactly one is granted") {
            bench async throws in
            let id = Samples.id("takeover")
            let old = try await bench.granted(id)
            bench.letOwnersGrowStale()
            let epochs = try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    let journal = number.isMultiple(of: 2) ? bench.journal : bench.neighbour
                    group.addTask {
                        let claim = try await journal.claim(
                            id,
                            content: Samples.content,
                            plan: Samples.plan(id),
                            owner: OwnerID(rawValue: "owner-\(number)")
                        )
                        return if case .granted(let grant) = claim { [grant.lease.epoch] } else { [Int64]() }
                    }
                }
                return try await group.reduce(into: [Int64]()) { $0 += $1 }
            }
            #expect(epochs == [old.epoch + 1])
        },
        ConformanceCase("two hundred saves at once are all durable") { bench async throws in
            let ids = (0..<200).map { Samples.id("save-\($0)") }
            try await withThrowingTaskGroup { group in
                for (number, id) in ids.enumerated() {
                    group.addTask {
                        let lease = try await bench.granted(id)
                        let saved = Samples.checkpoint(Samples.plan(id), sequence: number, context: ["n": "\(number)"])
                        #expect(try await bench.journal.save(saved, for: lease) == .held)
                    }
                }
                try await group.waitForAll()
            }
            try await bench.journal.retire(Samples.alice)
            for (number, id) in ids.enumerated() {
                let claim = try await bench.neighbour.claim(
                    id,
                    content: Samples.content,
                    plan: Samples.plan(id),
                    owner: Samples.bob
                )
                guard case .granted(let grant) = claim else { throw NotGranted() }
                #expect(grant.checkpoint.sequence == number)
                #expect(grant.checkpoint.context == ["n": "\(number)"])
            }
        },
        ConformanceCase("of many names wanted at once each goes to one request") { bench async throws in
            var leases: [Lease] = []
            for number in 0..<8 {
                leases.append(try await bench.granted(Samples.id("wants-\(number)")))
            }
            let granted = try await withThrowingTaskGroup { group in
                for lease in leases {
                    group.addTask { try await bench.journal.reserve("the name", for: lease) == .granted }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(granted == 1)
        },
        ConformanceCase("a cancelled caller's write is done nevertheless") { bench async throws in
            let id = Samples.id("cancelled")
            let lease = try await bench.granted(id)
            let saved = Samples.checkpoint(Samples.plan(id), sequence: 3)
            let held = await withTaskGroup { group in
                group.addTask { try? await bench.journal.save(saved, for: lease) }
                group.cancelAll()
                return await group.reduce(into: [Held?]()) { $0.append($1) }
            }
            #expect(held == [.held])
            try await bench.journal.release([lease])
            guard case .granted(let grant) = try await bench.claim(id), grant.checkpoint == saved else {
                Issue.record("the save is lost")
                return
            }
        },
    ]
}
