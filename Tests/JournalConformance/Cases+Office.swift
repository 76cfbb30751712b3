import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let findings = [
        ConformanceCase("an obligation has a number and is to be looked at when it is due") { bench async throws in
            let (_, owed) = try await bench.owing("numbered")
            let open = try await bench.journal.obligations()
            #expect(open.map(\.obligation) == owed)
            #expect(open.map(\.nextLook) == owed.map(\.due))
            #expect(open.map(\.finding) == [nil])
            let fact = LearnedFact.made(.project(id: "p"), resource: Samples.resource("r"))
            let stray = Lease(id: Samples.id("stray"), run: 1, epoch: 1, owner: Samples.alice)
            try await bench.journal.learned(fact, for: stray)
            let both = try await bench.neighbour.obligations()
            try #require(both.count == 2)
            #expect(both[0].number > 0)
            #expect(both[1].number > both[0].number)
            #expect(both[1].nextLook == bench.clock.now)
        },
        ConformanceCase("a served obligation does not come back, although its machine still names it") {
            bench async throws in
            let (checkpoint, _) = try await bench.owing("served")
            let obligation = try #require(try await bench.journal.obligations().first)
            try await bench.neighbour.record(.served("it is gone"), of: obligation.number)
            #expect(try await bench.journal.obligations() == [])
            guard case .mine(let lease) = try await bench.claim(Samples.id("served")) else { throw NotGranted() }
            #expect(try await bench.journal.save(checkpoint, for: lease) == .held)
            #expect(try await bench.journal.obligations() == [])
            try await bench.journal.record(.needsPerson("too late", nextLook: bench.clock.now), of: obligation.number)
            #expect(try await bench.journal.obligations() == [])
            let outcome = Samples.outcome(lease.id)
            #expect(
                try await bench.journal.finish(outcome, checkpoint: checkpoint, for: lease) == .ended(outcome)
            )
            #expect(try await bench.neighbour.obligations() == [])
        },
        ConformanceCase("a served fact does not come back when it is learned again") { bench async throws in
            let lease = try await bench.granted(Samples.id("learns"))
            let fact = LearnedFact.made(.model(id: "late"), resource: Samples.resource("r"))
            try await bench.journal.learned(fact, for: lease)
            try await bench.end(lease)
            let obligation = try #require(try await bench.journal.obligations().first)
            try await bench.journal.record(.served("it is gone"), of: obligation.number)
            bench.clock.advance(.seconds(1))
            try await bench.journal.learned(fact, for: lease)
            #expect(try await bench.journal.obligations() == [])
        },
        ConformanceCase("an obligation that was looked at in vain says what was found and when to look again") {
            bench async throws in
            let (checkpoint, owed) = try await bench.owing("postponed")
            let obligation = try #require(try await bench.journal.obligations().first)
            let later = bench.clock.now + .seconds(86_400)
            try await bench.neighbour.record(.open("still there", nextLook: later), of: obligation.number)
            let open = try await bench.journal.obligations()
            #expect(open.map(\.finding) == ["still there"])
            #expect(open.map(\.nextLook) == [later])
            #expect(open.map(\.obligation) == owed)
            guard case .mine(let lease) = try await bench.claim(Samples.id("postponed")) else { throw NotGranted() }
            #expect(try await bench.journal.save(checkpoint, for: lease) == .held)
            #expect(try await bench.journal.obligations() == open)
        },
        ConformanceCase("what only a person can decide says so, until somebody finds otherwise") {
            bench async throws in
            _ = try await bench.owing("decides")
            let number = try #require(try await bench.journal.obligations().first).number
            let tomorrow = bench.clock.now + .seconds(86_400)
            try await bench.journal.record(.needsPerson("two of them", nextLook: tomorrow), of: number)
            #expect(try await bench.neighbour.obligations().map(\.nextLook) == [tomorrow])
            #expect(try await bench.neighbour.obligations().map(\.needsPerson) == [true])
            #expect(try await bench.neighbour.obligations().map(\.finding) == ["two of them"])
            let later = bench.clock.now + .seconds(60)
            try await bench.journal.record(.open("one of them", nextLook: later), of: number)
            #expect(try await bench.neighbour.obligations().map(\.nextLook) == [later])
            #expect(try await bench.neighbour.obligations().map(\.needsPerson) == [false])
            #expect(try await bench.neighbour.unreadableObligations() == [])
            #expect(try await !bench.journal.record(.served("nothing"), of: number + 1000))
            #expect(try await bench.journal.obligations().count == 1)
        },
        ConformanceCase("whoever notes something of an obligation hears whether somebody has seen to it meanwhile") {
            bench async throws in
            _ = try await bench.owing("seen-to")
            let number = try #require(try await bench.journal.obligations().first).number
            #expect(try await bench.journal.record(.open("it is being deleted", nextLook: bench.clock.now), of: number))
            #expect(try await bench.neighbour.record(.served("a person has seen to it"), of: number))
            #expect(try await !bench.journal.record(.open("being deleted", nextLook: bench.clock.now), of: number))
            #expect(try await bench.journal.obligations() == [])
        },
        ConformanceCase("a request whose obligations are all served is forgotten like others") { bench async throws in
            let (checkpoint, _) = try await bench.owing("settled")
            guard case .mine(let lease) = try await bench.claim(Samples.id("settled")) else { throw NotGranted() }
            let outcome = Samples.outcome(lease.id)
            _ = try await bench.journal.finish(outcome, checkpoint: checkpoint, for: lease)
            try await bench.journal.published(lease.id, run: 1)
            bench.clock.advance(.seconds(1))
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 0)
            let number = try #require(try await bench.journal.obligations().first).number
            try await bench.journal.record(.served("gone"), of: number)
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 1)
            #expect(try await bench.journal.obligations() == [])
            // What the forgotten run owed is no debt of the next one of that id, and what that one owes is new.
            _ = try await bench.owing("settled")
            let again = try await bench.journal.obligations()
            #expect(again.count == 1)
            #expect(again.allSatisfy { $0.number > number && $0.finding == nil })
        },
    ]

    static let office = [
        ConformanceCase("the janitor's office has one holder") { bench async throws in
            #expect(try await bench.journal.tend(Samples.alice))
            #expect(try await bench.journal.tend(Samples.alice))
            #expect(try await bench.neighbour.tend(Samples.bob) == false)
            bench.clock.advance(.seconds(10))
            #expect(try await bench.neighbour.tend(Samples.bob) == false)
        },
        ConformanceCase("a silent janitor is replaced, and told when it comes back") { bench async throws in
            #expect(try await bench.journal.tend(Samples.alice))
            bench.letOwnersGrowStale()
            #expect(try await bench.neighbour.tend(Samples.bob))
            #expect(try await bench.journal.tend(Samples.alice) == false)
        },
        ConformanceCase("a janitor keeps its office by any sign of life") { bench async throws in
            #expect(try await bench.journal.tend(Samples.alice))
            for _ in 0..<3 {
                bench.clock.advance(.seconds(9))
                _ = try await bench.journal.beat(Samples.alice)
                #expect(try await bench.neighbour.tend(Samples.bob) == false)
            }
        },
        ConformanceCase("tending is a sign of life, and being refused is none") { bench async throws in
            let (held, refused) = (Samples.id("janitors"), Samples.id("others"))
            _ = try await bench.granted(held)
            _ = try await bench.granted(refused, as: Samples.bob)
            bench.clock.advance(.seconds(9))
            #expect(try await bench.journal.tend(Samples.alice))
            #expect(try await bench.journal.tend(Samples.bob) == false)
            bench.clock.advance(.seconds(9))
            #expect(try await bench.claim(held, as: Samples.bob) == .runningElsewhere(Samples.alice))
            _ = try await bench.granted(refused)
        },
        ConformanceCase("a retired janitor is replaced at once") { bench async throws in
            #expect(try await bench.journal.tend(Samples.alice))
            try await bench.journal.retire(Samples.alice)
            #expect(try await bench.neighbour.tend(Samples.bob))
            #expect(try await bench.journal.tend(Samples.alice) == false)
        },
        ConformanceCase("of many that want the office at once one gets it") { bench async throws in
            let won = try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    let journal = number.isMultiple(of: 2) ? bench.journal : bench.neighbour
                    group.addTask { try await journal.tend(OwnerID(rawValue: "owner-\(number)")) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
        },
        ConformanceCase("a journal has one identity, whoever asks") { bench async throws in
            let identity = try await bench.journal.identity()
            #expect(!identity.id.isEmpty)
            #expect(identity.generation == 0)
            #expect(try await bench.neighbour.identity() == identity)
        },
        ConformanceCase("the generation rises by one, or above another") { bench async throws in
            let id = try await bench.journal.identity().id
            for (other, generation) in [(nil, 1), (nil, 2), (1, 3), (3, 4), (40, 41), (-7, 42)] as [(Int64?, Int64)] {
                let expected = JournalIdentity(id: id, generation: generation)
                #expect(try await bench.journal.advance(beyond: other) == expected)
                #expect(try await bench.neighbour.identity() == expected)
            }
            let last = JournalIdentity(id: id, generation: .max)
            #expect(try await bench.journal.advance(beyond: .max - 1) == last)
            #expect(try await bench.journal.advance(beyond: .max) == last)
            #expect(try await bench.neighbour.advance(beyond: nil) == last)
        },
        ConformanceCase("generations given at once are all different") { bench async throws in
            let given = try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    let journal = number.isMultiple(of: 2) ? bench.journal : bench.neighbour
                    group.addTask { try await journal.advance(beyond: nil).generation }
                }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(given == Set(1...8))
        },
    ]
}

extension JournalBench {
    /// Lets Alice hold a request whose machine owes something.
    /// - Returns: what it saved, and what it owes.
    fileprivate func owing(_ id: String) async throws -> (Checkpoint, [Obligation]) {
        let plan = Samples.plan(Samples.id(id))
        let lease = try await granted(plan.request.id)
        let machine = Samples.machine(plan, suspects: ["s1"], model: nil)
        let checkpoint = Samples.checkpoint(plan, machine: machine)
        #expect(try await journal.save(checkpoint, for: lease) == .held)
        try #require(machine.obligations.count == 1)
        return (checkpoint, machine.obligations)
    }
}
