import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let reading = [
        ConformanceCase("what nobody asked for is not found") { bench async throws in
            #expect(try await bench.journal.find(Samples.id("nobody-knows")) == nil)
            #expect(try await bench.journal.list(after: nil, limit: 10).isEmpty)
            #expect(try await bench.journal.obligations() == [])
        },
        ConformanceCase("the list keeps the order of acceptance, page by page") { bench async throws in
            let ids = (0..<10).map { Samples.id("page-\($0 * 7 % 10)") }
            for id in ids { _ = try await bench.granted(id) }
            try await bench.end(try #require(try await bench.claim(ids[3]).lease))
            #expect(try await bench.neighbour.list(after: nil, limit: 100).map(\.id) == ids)
            var pages: [[RequestID]] = []
            var last: RequestID?
            repeat {
                pages.append(try await bench.neighbour.list(after: last, limit: 4).map(\.id))
                last = pages.last?.last
            } while last != nil
            #expect(pages == [Array(ids[0..<4]), Array(ids[4..<8]), Array(ids[8..<10]), []])
            #expect(try await bench.journal.list(after: nil, limit: 0).isEmpty)
            #expect(try await bench.journal.list(after: Samples.id("nobody-knows"), limit: 4).isEmpty)
        },
        ConformanceCase("an entry says how far its request is, who has it and what is wished of it") {
            bench async throws in
            let id = Samples.id("told")
            let lease = try await bench.granted(id)
            let new = try #require(try await bench.neighbour.find(id))
            #expect(!new.isCancelRequested && new.deaths == OwnerDeaths() && new.damage == nil)
            _ = try await bench.journal.cancel(id)
            bench.letOwnersGrowStale()
            _ = try await bench.granted(id, as: Samples.bob)
            let taken = try #require(try await bench.neighbour.find(id))
            #expect(taken.isCancelRequested && taken.deaths.total == 1)
            #expect(taken.owner == Samples.bob && taken.epoch == lease.epoch + 1)
            #expect(try await bench.journal.list(after: nil, limit: 9).map(\.isCancelRequested) == [true])
            let mine = Lease(id: id, run: 1, epoch: lease.epoch + 1, owner: Samples.bob)
            try await bench.end(mine)
            let ended = try #require(try await bench.neighbour.find(id))
            #expect(!ended.isCancelRequested && ended.outcome != nil && ended.owner == nil)
        },
        ConformanceCase("ids differ by every byte") { bench async throws in
            let ids = ["a", "A", "a/", "a~", "a+", "a_", "a.", "a:b@c"].map(Samples.id)
            for id in ids { #expect(try await bench.granted(id).epoch == 1) }
            #expect(try await bench.journal.list(after: nil, limit: 100).map(\.id) == ids)
        },
    ]

    static let pruning = [
        ConformanceCase("pruning forgets what ended, was published and owes nothing") { bench async throws in
            let names = ["gone", "unpublished", "running", "owing", "learned", "young"]
            var leases: [String: Lease] = [:]
            for name in names { leases[name] = try await bench.granted(Samples.id(name)) }
            func lease(_ name: String) throws -> Lease {
                guard let lease = leases[name] else { throw NotGranted() }
                return lease
            }
            let owing = Samples.plan(Samples.id("owing"))
            let debts = Samples.checkpoint(owing, machine: Samples.machine(owing, suspects: ["s"], model: nil))
            let resource = Samples.resource("r")
            #expect(try await bench.journal.save(debts, for: lease("owing")) == .held)
            try await bench.journal.learned(.made(.project(id: "p"), resource: resource), for: lease("learned"))
            for name in ["gone", "unpublished", "owing", "learned"] { try await bench.end(lease(name)) }
            for name in ["gone", "owing", "learned"] { try await bench.journal.published(Samples.id(name), run: 1) }
            bench.clock.advance(.seconds(60))
            try await bench.end(lease("young"))
            try await bench.journal.published(Samples.id("young"), run: 1)

            #expect(try await bench.journal.prune(endedBefore: bench.clock.now - .seconds(60)) == 0)
            #expect(try await bench.neighbour.prune(endedBefore: bench.clock.now) == 1)
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 0)
            let left = try await bench.journal.list(after: nil, limit: 100).map(\.id.rawValue)
            #expect(left == ["unpublished", "running", "owing", "learned", "young"])
            #expect(try await bench.journal.obligations().count == 2)
            #expect(try await bench.granted(Samples.id("gone")).epoch == 1)
        },
        ConformanceCase("an outcome that nobody noted as published is kept until somebody does") { bench async throws in
            try await bench.end(bench.granted(Samples.id("a")))
            bench.clock.advance(.seconds(365 * 24 * 3600))
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 0)
            try await bench.journal.published(Samples.id("a"), run: 1)
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 1)
            #expect(try await bench.neighbour.find(Samples.id("a")) == nil)
        },
        ConformanceCase("a forgotten id is accepted anew, at the end of the list") { bench async throws in
            for name in ["a", "b"] {
                let lease = try await bench.granted(Samples.id(name))
                guard name == "a" else { continue }
                try await bench.end(lease)
                try await bench.journal.published(lease.id, run: 1)
            }
            bench.clock.advance(.seconds(1))
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 1)
            let claim = try await bench.claim(Samples.id("a"), content: Array("other".utf8))
            #expect(claim.lease?.epoch == 1)
            #expect(try await bench.journal.list(after: nil, limit: 9).map(\.id.rawValue) == ["b", "a"])
        },
        ConformanceCase("what a forgotten run owned is still no suspect of another") { bench async throws in
            let debtor = Samples.id("debtor")
            let plan = Samples.plan(debtor)
            let lease = try await bench.granted(debtor)
            let machine = Samples.machine(plan, suspects: ["s1", "s2"], model: nil)
            #expect(try await bench.journal.save(Samples.checkpoint(plan, machine: machine), for: lease) == .held)
            let id = Samples.id("forgotten")
            let other = try await bench.granted(id)
            let bare = Samples.checkpoint(Samples.plan(id), machine: Samples.authorized(Samples.plan(id), model: "s2"))
            try #require(bare.machine.targetIDs == ["s2"])
            #expect(bare.machine.obligations == [])
            let outcome = Samples.outcome(id)
            #expect(try await bench.journal.finish(outcome, checkpoint: bare, for: other) == .ended(outcome))
            try await bench.journal.published(id, run: 1)
            bench.clock.advance(.seconds(1))
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 1)
            let open = try await bench.journal.obligations()
            guard case .emptyModel(_, _, let suspects) = open.first?.obligation.subject else {
                Issue.record("no window among \(open)")
                return
            }
            #expect(suspects == ["s1"])
        },
        ConformanceCase("a fact that a machine answered for stays answered when its run is forgotten") {
            bench async throws in
            let id = Samples.id("answered")
            let plan = Samples.plan(id)
            let lease = try await bench.granted(id)
            let fact = LearnedFact.made(.model(id: "found"), resource: plan.target.name)
            try await bench.journal.learned(fact, for: lease)
            let last = Samples.checkpoint(plan, machine: Samples.authorized(plan, model: "found"))
            let outcome = Samples.outcome(id)
            #expect(try await bench.journal.finish(outcome, checkpoint: last, for: lease) == .ended(outcome))
            try await bench.journal.published(id, run: 1)
            bench.clock.advance(.seconds(1))
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 1)
            #expect(try await bench.journal.obligations() == [])
            _ = try await bench.journal.prune(endedBefore: bench.clock.now)
            #expect(try await bench.neighbour.obligations() == [])
        },
        ConformanceCase("pruning forgets owners that hold nothing, and only those") { bench async throws in
            let id = Samples.id("held")
            let lease = try await bench.granted(id)
            _ = try await bench.journal.beat(Samples.bob)
            bench.clock.advance(.seconds(5))
            _ = try await bench.journal.prune(endedBefore: bench.clock.now)
            #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
            #expect(try await bench.claim(id) == .mine(lease))
        },
    ]
}

extension Claim {
    fileprivate var lease: Lease? {
        switch self {
        case .granted(let grant): grant.lease
        case .mine(let lease): lease
        case .runningElsewhere, .ended, .otherContent, .otherFormat: nil
        }
    }
}
