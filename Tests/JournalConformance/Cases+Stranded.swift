import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    private static let period: Duration = .seconds(600)

    static let stranded = [
        ConformanceCase("what nobody has come to for long is stranded, with all that a new message needs") {
            bench async throws in
            let plan = Samples.plan(Samples.id("stranded"))
            let lease = try await bench.granted(plan.request.id)
            let context = ["correlation-id": "c", "reply-to": "r"]
            let checkpoint = Samples.checkpoint(plan, machine: Samples.begun(plan), context: context)
            #expect(try await bench.journal.save(checkpoint, for: lease) == .held)
            bench.clock.advance(period - .milliseconds(1))
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).isEmpty)
            bench.clock.advance(.milliseconds(1))
            let expected = StrandedRequest(
                id: plan.request.id,
                content: Samples.content,
                plan: plan,
                context: context
            )
            #expect(try await bench.neighbour.takeStranded(for: period, limit: 9) == [expected])
            #expect(try await bench.journal.find(plan.request.id)?.owner == Samples.alice)
        },
        ConformanceCase("what a living owner holds is not stranded, however long it has had it") { bench async throws in
            _ = try await bench.granted(Samples.id("held"))
            for _ in 0..<3 {
                bench.clock.advance(period)
                _ = try await bench.journal.beat(Samples.alice)
                bench.clock.advance(.seconds(9))
                #expect(try await bench.journal.takeStranded(for: period, limit: 9).isEmpty)
            }
            // Its message comes back when the connection of the dead breaks: for as long it is waited for.
            bench.clock.advance(period - .seconds(10))
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).isEmpty)
            bench.clock.advance(.seconds(10))
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).count == 1)
        },
        ConformanceCase("a release, a retirement, a grant, a sight and the end begin the time anew") {
            bench async throws in
            let names = ["released", "retired", "granted", "sighted", "ended"]
            var leases: [String: Lease] = [:]
            for name in names {
                let owner = OwnerID(rawValue: "owner of \(name)")
                leases[name] = try await bench.granted(Samples.id(name), as: owner)
            }
            bench.clock.advance(period)
            if let lease = leases["released"] { try await bench.journal.release([lease]) }
            try await bench.journal.retire(OwnerID(rawValue: "owner of retired"))
            _ = try await bench.granted(Samples.id("granted"), as: Samples.bob)
            try await bench.neighbour.sighted(Samples.id("sighted"))
            try await bench.neighbour.sighted(Samples.id("never-heard-of"))
            if let lease = leases["ended"] { try await bench.end(lease) }
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).isEmpty)
            bench.clock.advance(period)
            let stranded = try await bench.journal.takeStranded(for: period, limit: 9)
            #expect(Set(stranded.map(\.id.rawValue)) == Set(names))
        },
        ConformanceCase("an outcome that was published strands nobody, one that was not does") { bench async throws in
            for name in ["published", "unpublished"] { try await bench.end(bench.granted(Samples.id(name))) }
            try await bench.journal.published(Samples.id("published"), run: 1)
            bench.clock.advance(period)
            let stranded = try await bench.journal.takeStranded(for: period, limit: 9)
            #expect(stranded.map(\.id.rawValue) == ["unpublished"])
        },
        ConformanceCase("what was taken is taken again after twice as long each time, until it is granted") {
            bench async throws in
            let id = Samples.id("again")
            try await bench.journal.release([bench.granted(id)])
            func pauses(until limit: Int) async throws -> [Int] {
                var pauses: [Int] = []
                var passed = 0
                while pauses.count < limit {
                    bench.clock.advance(period)
                    passed += 1
                    guard try await !bench.neighbour.takeStranded(for: period, limit: 9).isEmpty else { continue }
                    pauses.append(passed)
                    passed = 0
                }
                return pauses
            }
            #expect(try await pauses(until: 9) == [1, 2, 4, 8, 16, 32, 64, 64, 64])
            try await bench.journal.release([bench.granted(id)])
            #expect(try await pauses(until: 2) == [1, 2])
        },
        ConformanceCase("those left longest are taken first, as many as are asked for") { bench async throws in
            for number in 0..<5 {
                try await bench.journal.release([bench.granted(Samples.id("id-\(number)"))])
                bench.clock.advance(.seconds(1))
            }
            try await bench.journal.sighted(Samples.id("id-1"))
            bench.clock.advance(period)
            var taken: [[String]] = []
            for limit in [2, 0, 2, 2] {
                taken.append(try await bench.journal.takeStranded(for: period, limit: limit).map(\.id.rawValue))
            }
            #expect(taken == [["id-0", "id-2"], [], ["id-3", "id-4"], ["id-1"]])
        },
        ConformanceCase("what is claimed in vain because of its format has come by") { bench async throws in
            let id = Samples.id("other-format")
            try await bench.journal.release([bench.granted(id)])
            try await bench.restamp(id, Checkpoint.currentFormat + 1)
            bench.clock.advance(period)
            #expect(try await bench.claim(id) == .otherFormat(Checkpoint.currentFormat + 1))
            try await bench.restamp(id, Checkpoint.currentFormat)
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).isEmpty)
        },
        ConformanceCase("what another version saved is left to that version, which finds it as it was") {
            bench async throws in
            for format in [Checkpoint.readableFormats.lowerBound - 1, Checkpoint.readableFormats.upperBound + 1] {
                let id = Samples.id("format-\(format)")
                try await bench.journal.release([bench.granted(id)])
                try await bench.restamp(id, format)
                bench.clock.advance(period)
                #expect(try await bench.journal.takeStranded(for: period, limit: 9).isEmpty)
                try await bench.restamp(id, Checkpoint.currentFormat)
                #expect(try await bench.neighbour.takeStranded(for: period, limit: 9).map(\.id) == [id])
            }
        },
        ConformanceCase("what was noted by a wall clock that was ahead is stranded once that is set right") {
            bench async throws in
            let (left, held, published) = (Samples.id("left"), Samples.id("held"), Samples.id("published"))
            bench.clock.set(by: .seconds(86_400))
            try await bench.journal.release([bench.granted(left)])
            _ = try await bench.granted(held, as: Samples.bob)
            try await bench.end(bench.granted(published))
            try await bench.journal.published(published, run: 1)
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).isEmpty)
            bench.clock.set(by: .seconds(-86_400))
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).map(\.id) == [left])
            #expect(try await bench.neighbour.takeStranded(for: period, limit: 9).isEmpty)
            // Its owner has fallen silent as well by then, and the first was noted by the right clock.
            bench.clock.advance(period)
            #expect(try await bench.journal.takeStranded(for: period, limit: 9).map(\.id) == [held])
        },
    ]
}
