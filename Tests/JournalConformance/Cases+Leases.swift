import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let leases = [
        ConformanceCase("whoever lost the request is fenced from every write but learning") { bench async throws in
            let id = Samples.id("fenced")
            let plan = Samples.plan(id)
            let old = try await bench.granted(id)
            bench.letOwnersGrowStale()
            let new = try await bench.granted(id, as: Samples.bob)
            let stray = Samples.checkpoint(plan, machine: Samples.begun(plan), sequence: 99)
            #expect(try await bench.journal.save(stray, for: old) == .fenced)
            #expect(try await bench.journal.finish(Samples.outcome(id), checkpoint: stray, for: old) == .fenced)
            #expect(try await bench.journal.reserve("a name", for: old) == .fenced)
            try await bench.journal.release([old])
            #expect(try await bench.claim(id, as: Samples.bob) == .mine(new))
            let entry = try #require(try await bench.neighbour.find(id))
            #expect(entry.outcome == nil)
            #expect(entry.owner == Samples.bob)
            try await bench.journal.release([new])
            guard case .granted(let grant) = try await bench.claim(id) else {
                Issue.record("not granted after the release")
                return
            }
            #expect(grant.checkpoint == Checkpoint(first: plan))
        },
        ConformanceCase("a lease is over once it is released") { bench async throws in
            let id = Samples.id("over")
            let lease = try await bench.granted(id)
            try await bench.journal.release([lease])
            let checkpoint = Samples.checkpoint(Samples.plan(id))
            #expect(try await bench.journal.save(checkpoint, for: lease) == .fenced)
            #expect(try await bench.journal.reserve("a name", for: lease) == .fenced)
            #expect(try await bench.journal.finish(Samples.outcome(id), checkpoint: checkpoint, for: lease) == .fenced)
        },
        ConformanceCase("the epoch rises with every grant") { bench async throws in
            let id = Samples.id("epochs")
            var epochs: [Int64] = []
            for owner in ["a", "b", "a", "a"] {
                let lease = try await bench.granted(id, as: OwnerID(rawValue: owner))
                epochs.append(lease.epoch)
                try await bench.journal.release([lease])
            }
            #expect(epochs == epochs.sorted())
            #expect(Set(epochs).count == 4)
        },
        ConformanceCase("a lease of another run, owner or id is fenced") { bench async throws in
            let id = Samples.id("forged")
            let lease = try await bench.granted(id)
            let checkpoint = Samples.checkpoint(Samples.plan(id))
            let forged = [
                Lease(id: id, run: 2, epoch: lease.epoch, owner: lease.owner),
                Lease(id: id, run: 1, epoch: lease.epoch + 1, owner: lease.owner),
                Lease(id: id, run: 1, epoch: lease.epoch, owner: Samples.bob),
                Lease(id: Samples.id("nobody-knows"), run: 1, epoch: 1, owner: lease.owner),
            ]
            for lease in forged {
                #expect(try await bench.journal.save(checkpoint, for: lease) == .fenced)
                #expect(
                    try await bench.journal.finish(Samples.outcome(id), checkpoint: checkpoint, for: lease) == .fenced
                )
            }
            try await bench.journal.release(forged)
            #expect(try await bench.claim(id) == .mine(lease))
        },
        ConformanceCase("releasing several leases gives up those that still hold") { bench async throws in
            let ids = (1...3).map { Samples.id("several-\($0)") }
            var leases: [Lease] = []
            for id in ids { leases.append(try await bench.granted(id)) }
            try await bench.journal.release([leases[1]])
            let taken = try await bench.granted(ids[1], as: Samples.bob)
            try await bench.journal.release(leases)
            try await bench.journal.release([])
            #expect(try await bench.journal.find(ids[0])?.owner == nil)
            #expect(try await bench.journal.find(ids[1])?.owner == taken.owner)
            #expect(try await bench.journal.find(ids[2])?.owner == nil)
        },
        ConformanceCase("a wall clock that is set, forward or back, neither kills nor revives anybody") {
            bench async throws in
            let (held, left) = (Samples.id("held"), Samples.id("left"))
            let lease = try await bench.granted(held)
            _ = try await bench.granted(left, as: Samples.bob)
            #expect(try await bench.journal.tend(Samples.alice))
            for step in [Duration.seconds(86_400), .seconds(-3 * 86_400), .seconds(11), .seconds(-11)] {
                bench.clock.set(by: step)
                #expect(try await bench.neighbour.tend(Samples.bob) == false)
                #expect(try await bench.claim(held, as: Samples.bob) == .runningElsewhere(Samples.alice))
                #expect(try await bench.claim(left) == .runningElsewhere(Samples.bob))
            }
            bench.clock.advance(.seconds(9))
            _ = try await bench.journal.beat(Samples.alice)
            bench.clock.set(by: .seconds(-86_400))
            bench.clock.advance(.seconds(2))
            #expect(try await bench.claim(held, as: Samples.bob) == .runningElsewhere(Samples.alice))
            #expect(try await bench.grant(left).deaths.total == 1)
            #expect(try await bench.journal.save(Samples.checkpoint(Samples.plan(held)), for: lease) == .held)
        },
        ConformanceCase("a retired owner holds nothing any more") { bench async throws in
            let ids = [Samples.id("retired-1"), Samples.id("retired-2")]
            var leases: [Lease] = []
            for id in ids { leases.append(try await bench.granted(id)) }
            let others = try await bench.granted(Samples.id("not-retired"), as: Samples.bob)
            try await bench.journal.retire(Samples.alice)
            for (id, lease) in zip(ids, leases) {
                let checkpoint = Samples.checkpoint(Samples.plan(id))
                #expect(try await bench.journal.save(checkpoint, for: lease) == .fenced)
                #expect(try await bench.granted(id, as: Samples.bob).epoch > lease.epoch)
            }
            #expect(try await bench.claim(others.id, as: Samples.bob) == .mine(others))
            try await bench.journal.retire(OwnerID(rawValue: "never seen"))
        },
        ConformanceCase("a retired owner that claims again is an owner like any other") { bench async throws in
            let id = Samples.id("back-again")
            _ = try await bench.journal.beat(Samples.alice)
            try await bench.journal.retire(Samples.alice)
            _ = try await bench.granted(id)
            #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
        },
    ]
}
