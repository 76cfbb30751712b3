import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let deaths = [
        ConformanceCase("an owner that went silent counts as a death, once per grant") { bench async throws in
            let id = Samples.id("kills")
            #expect(try await bench.grant(id).deaths == OwnerDeaths())
            bench.letOwnersGrowStale()
            #expect(try await bench.grant(id, as: Samples.bob).deaths == OwnerDeaths(recent: 1, total: 1))
            #expect(try await bench.claim(id) == .runningElsewhere(Samples.bob))
            bench.letOwnersGrowStale()
            #expect(try await bench.grant(id).deaths == OwnerDeaths(recent: 2, total: 2))
        },
        ConformanceCase("a hand-back, a retirement and an adoption are no deaths") { bench async throws in
            let id = Samples.id("handed-back")
            let first = try await bench.granted(id)
            try await bench.journal.release([first])
            let second = try await bench.grant(id, as: Samples.bob)
            #expect(second.deaths == OwnerDeaths())
            bench.letOwnersGrowStale()
            #expect(try await bench.claim(id, as: Samples.bob) == .mine(second.lease))
            try await bench.journal.retire(Samples.bob)
            bench.letOwnersGrowStale()
            #expect(try await bench.grant(id).deaths == OwnerDeaths())
            bench.letOwnersGrowStale()
            #expect(try await bench.grant(id, as: Samples.bob).deaths == OwnerDeaths(recent: 1, total: 1))
        },
        ConformanceCase("an owner that dies in confinement is to blame the request for it") { bench async throws in
            let id = Samples.id("alone")
            let first = try await bench.granted(id)
            #expect(try await bench.journal.confine(first) == .held)
            bench.letOwnersGrowStale()
            let second = try await bench.grant(id, as: Samples.bob)
            #expect(second.deaths == OwnerDeaths(recent: 1, total: 1, alone: 1))
            bench.letOwnersGrowStale()
            // Bob held it beside others.
            let third = try await bench.grant(id)
            #expect(third.deaths == OwnerDeaths(recent: 2, total: 2, alone: 1))
            #expect(try await bench.journal.confine(third.lease) == .held)
            bench.letOwnersGrowStale()
            #expect(try await bench.grant(id, as: Samples.bob).deaths == OwnerDeaths(recent: 3, total: 3, alone: 2))
        },
        ConformanceCase("confinement ends with the lease") { bench async throws in
            let id = Samples.id("let-out")
            let first = try await bench.granted(id)
            #expect(try await bench.journal.confine(first) == .held)
            try await bench.journal.release([first])
            #expect(try await bench.grant(id, as: Samples.bob).deaths == OwnerDeaths())
            bench.letOwnersGrowStale()
            #expect(try await bench.grant(id).deaths == OwnerDeaths(recent: 1, total: 1))
        },
        ConformanceCase("an acquittal forgets the recent deaths and the confinement, not the total") {
            bench async throws in
            let id = Samples.id("acquitted")
            #expect(try await bench.journal.confine(bench.granted(id)) == .held)
            bench.letOwnersGrowStale()
            let second = try await bench.granted(id, as: Samples.bob)
            #expect(try await bench.journal.confine(second) == .held)
            #expect(try await bench.neighbour.acquit(second) == .held)
            try await bench.journal.release([second])
            #expect(try await bench.grant(id).deaths == OwnerDeaths(recent: 0, total: 1))
            bench.letOwnersGrowStale()
            #expect(try await bench.grant(id, as: Samples.bob).deaths == OwnerDeaths(recent: 1, total: 2))
        },
        ConformanceCase("whoever lost the request can neither confine nor acquit it") { bench async throws in
            let id = Samples.id("fenced")
            let old = try await bench.granted(id)
            bench.letOwnersGrowStale()
            let new = try await bench.granted(id, as: Samples.bob)
            #expect(try await bench.journal.confine(old) == .fenced)
            #expect(try await bench.journal.acquit(old) == .fenced)
            try await bench.journal.release([new])
            #expect(try await bench.grant(id).deaths == OwnerDeaths(recent: 1, total: 1))
        },
        ConformanceCase("confining and acquitting are signs of life") { bench async throws in
            let id = Samples.id("living")
            let lease = try await bench.granted(id)
            for call in [bench.journal.confine, bench.journal.acquit] {
                bench.clock.advance(.seconds(9))
                #expect(try await call(lease) == .held)
            }
            bench.clock.advance(.seconds(9))
            #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
        },
    ]

    static let examinations = [
        ConformanceCase("one process at a time looks at a message") { bench async throws in
            #expect(try await bench.journal.examine("f", owner: Samples.alice) == .open)
            #expect(try await bench.journal.examine("f", owner: Samples.alice) == .open)
            #expect(try await bench.neighbour.examine("f", owner: Samples.bob) == .elsewhere(Samples.alice))
            #expect(try await bench.neighbour.examine("g", owner: Samples.bob) == .open)
            try await bench.journal.examined("f")
            #expect(try await bench.neighbour.examine("f", owner: Samples.bob) == .open)
        },
        ConformanceCase("a look after which nobody was heard of is fatal, until somebody forgives it") {
            bench async throws in
            #expect(try await bench.journal.examine("f", owner: Samples.alice) == .open)
            bench.letOwnersGrowStale()
            #expect(try await bench.neighbour.examine("f", owner: Samples.bob) == .fatal(Samples.alice))
            #expect(try await bench.journal.examine("f", owner: Samples.bob) == .fatal(Samples.alice))
            try await bench.neighbour.examined("f")
            #expect(try await bench.journal.examine("f", owner: Samples.bob) == .open)
            try await bench.journal.examined("never examined")
        },
        ConformanceCase("a look is a sign of life, and its own process may look again after a silence") {
            bench async throws in
            let id = Samples.id("held")
            _ = try await bench.granted(id)
            bench.clock.advance(.seconds(9))
            #expect(try await bench.journal.examine("f", owner: Samples.alice) == .open)
            bench.clock.advance(.seconds(9))
            #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
            bench.letOwnersGrowStale()
            #expect(try await bench.journal.examine("f", owner: Samples.alice) == .open)
        },
        ConformanceCase("whoever retires lived through what it looked at") { bench async throws in
            #expect(try await bench.journal.examine("f", owner: Samples.alice) == .open)
            try await bench.journal.retire(Samples.alice)
            #expect(try await bench.neighbour.examine("f", owner: Samples.bob) == .open)
        },
        ConformanceCase("pruning forgets old looks") { bench async throws in
            #expect(try await bench.journal.examine("old", owner: Samples.alice) == .open)
            bench.clock.advance(.seconds(60))
            #expect(try await bench.journal.examine("young", owner: Samples.alice) == .open)
            let moment = bench.clock.now
            bench.letOwnersGrowStale()
            _ = try await bench.journal.prune(endedBefore: moment)
            #expect(try await bench.neighbour.examine("old", owner: Samples.bob) == .open)
            #expect(try await bench.neighbour.examine("young", owner: Samples.bob) == .fatal(Samples.alice))
        },
    ]
}
