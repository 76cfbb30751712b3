import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let cancelling = [
        ConformanceCase("a cancel before the first claim waits for it") { bench async throws in
            let id = Samples.id("early")
            #expect(try await bench.neighbour.cancel(id) == .noted)
            #expect(try await bench.neighbour.cancel(id) == .noted)
            #expect(try await bench.journal.find(id) == nil)
            let grant = try await bench.grant(id)
            #expect(grant.isCancelRequested)
            #expect(grant.isNew)
            #expect(try await bench.grant(Samples.id("other")).isCancelRequested == false)
        },
        ConformanceCase("the holder hears of a cancel by its beat, again and again, and the next holder by its grant") {
            bench async throws in
            let id = Samples.id("held")
            let lease = try await bench.granted(id)
            #expect(try await bench.journal.beat(Samples.alice) == [])
            #expect(try await bench.neighbour.cancel(id) == .noted)
            #expect(try await bench.journal.beat(Samples.alice) == [id])
            #expect(try await bench.neighbour.beat(Samples.alice) == [id])
            #expect(try await bench.journal.beat(Samples.bob) == [])
            #expect(try await bench.claim(id) == .mine(lease))
            try await bench.journal.release([lease])
            #expect(try await bench.journal.beat(Samples.alice) == [])
            #expect(try await bench.grant(id, as: Samples.bob).isCancelRequested)
            #expect(try await bench.journal.beat(Samples.bob) == [id])
        },
        ConformanceCase("a beat names what the owner holds in the order of acceptance") { bench async throws in
            let ids = (0..<12).map { Samples.id("order-\($0 * 7 % 12)") }
            for id in ids { _ = try await bench.granted(id) }
            let others = Samples.id("anothers")
            _ = try await bench.granted(others, as: Samples.bob)
            for id in ids.sorted(by: { $0.rawValue < $1.rawValue }) + [others, Samples.id("nobody-knows")] {
                #expect(try await bench.neighbour.cancel(id) == .noted)
            }
            #expect(try await bench.journal.beat(Samples.alice) == ids)
            #expect(try await bench.journal.beat(Samples.bob) == [others])
        },
        ConformanceCase("a cancel after the end gets the stored bytes, and nobody hears of it") { bench async throws in
            let id = Samples.id("late")
            let lease = try await bench.granted(id)
            try await bench.end(lease, body: "first")
            let outcome = Samples.outcome(id, body: "first")
            #expect(try await bench.neighbour.cancel(id) == .ended(outcome, published: false))
            try await bench.journal.published(id, run: 1)
            #expect(try await bench.journal.cancel(id) == .ended(outcome, published: true))
            #expect(try await bench.journal.beat(Samples.alice) == [])
        },
        ConformanceCase("a finish of any kind clears the cancel") { bench async throws in
            let id = Samples.id("cleared")
            let lease = try await bench.granted(id)
            #expect(try await bench.journal.cancel(id) == .noted)
            try await bench.end(lease)
            #expect(try await bench.journal.beat(Samples.alice) == [])
            try await bench.journal.published(id, run: 1)
            bench.clock.advance(.seconds(1))
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 1)
            // Accepted anew, it is not the request that somebody wanted cancelled.
            #expect(try await bench.grant(id).isCancelRequested == false)
        },
        ConformanceCase("a fenced finish clears no cancel") { bench async throws in
            let id = Samples.id("kept")
            let old = try await bench.granted(id)
            try await bench.journal.release([old])
            _ = try await bench.granted(id, as: Samples.bob)
            #expect(try await bench.journal.cancel(id) == .noted)
            let checkpoint = Samples.checkpoint(Samples.plan(id))
            #expect(try await bench.journal.finish(Samples.outcome(id), checkpoint: checkpoint, for: old) == .fenced)
            #expect(try await bench.neighbour.beat(Samples.bob) == [id])
        },
        ConformanceCase("pruning forgets old cancels of unknown ids, and those only") { bench async throws in
            let (unknown, known, young) = (Samples.id("unknown"), Samples.id("known"), Samples.id("young"))
            _ = try await bench.granted(known)
            for id in [unknown, known] { #expect(try await bench.journal.cancel(id) == .noted) }
            bench.clock.advance(.seconds(60))
            #expect(try await bench.journal.cancel(young) == .noted)
            // The same again does not make it younger.
            #expect(try await bench.journal.cancel(unknown) == .noted)
            #expect(try await bench.journal.prune(endedBefore: bench.clock.now) == 0)
            #expect(try await bench.journal.beat(Samples.alice) == [known])
            #expect(try await bench.grant(unknown).isCancelRequested == false)
            #expect(try await bench.grant(young).isCancelRequested)
        },
    ]
}
