import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let outcomes = [
        ConformanceCase("an ended request answers with the stored outcome, byte by byte") { bench async throws in
            let id = Samples.id("ended")
            let lease = try await bench.granted(id)
            let body = "{\"url\":\"https:\\/\\/x/é\",\"n\":1.0,\t\"b\":\"\u{0}\u{1F600}\"}\n"
            let outcome = Samples.outcome(id, body: body)
            let checkpoint = Samples.checkpoint(Samples.plan(id), sequence: 4)
            #expect(try await bench.journal.finish(outcome, checkpoint: checkpoint, for: lease) == .ended(outcome))
            #expect(try await bench.claim(id) == .ended(outcome, published: false))
            let other = try await bench.neighbour.claim(
                id,
                content: Samples.content,
                plan: Samples.plan(id),
                owner: Samples.bob
            )
            #expect(other == .ended(outcome, published: false))
            let entry = try #require(try await bench.neighbour.find(id))
            #expect(entry.outcome == outcome)
            #expect(entry.phase == .ended)
            #expect(entry.owner == nil)
        },
        ConformanceCase("an outcome's body may be any bytes, and its reply-to may be missing") { bench async throws in
            let id = Samples.id("any-bytes")
            let lease = try await bench.granted(id)
            let outcome = StoredOutcome(
                eventID: "",
                routingKey: "",
                event: "failed",
                body: (0...255).map { UInt8($0) },
                headers: [:],
                correlationID: "",
                replyTo: nil,
                time: Timestamp(milliseconds: -1)
            )
            let checkpoint = Samples.checkpoint(Samples.plan(id))
            #expect(try await bench.journal.finish(outcome, checkpoint: checkpoint, for: lease) == .ended(outcome))
            #expect(try await bench.neighbour.find(id)?.outcome == outcome)
        },
        ConformanceCase("the first finish decides; the same lease again gets the same bytes") { bench async throws in
            let id = Samples.id("twice")
            let lease = try await bench.granted(id)
            let first = Samples.outcome(id, body: "first")
            let second = Samples.outcome(id, body: "second")
            let checkpoint = Samples.checkpoint(Samples.plan(id))
            #expect(try await bench.journal.finish(first, checkpoint: checkpoint, for: lease) == .ended(first))
            #expect(try await bench.neighbour.finish(second, checkpoint: checkpoint, for: lease) == .ended(first))
            #expect(try await bench.journal.find(id)?.outcome == first)
        },
        ConformanceCase("an earlier lease is fenced from a run that has ended, and the ended lease from saving") {
            bench async throws in
            let id = Samples.id("late")
            let old = try await bench.granted(id)
            bench.letOwnersGrowStale()
            let new = try await bench.granted(id, as: Samples.bob)
            try await bench.end(new, body: "bob's")
            let checkpoint = Samples.checkpoint(Samples.plan(id), sequence: 50)
            #expect(
                try await bench.journal.finish(Samples.outcome(id), checkpoint: checkpoint, for: old) == .fenced
            )
            #expect(try await bench.journal.save(checkpoint, for: old) == .fenced)
            #expect(try await bench.journal.save(checkpoint, for: new) == .fenced)
            #expect(try await bench.journal.reserve("a name", for: new) == .fenced)
            try await bench.journal.release([new])
            #expect(try await bench.claim(id) == .ended(Samples.outcome(id, body: "bob's"), published: false))
        },
        ConformanceCase("a confirmed publication is remembered, for this run only") { bench async throws in
            let id = Samples.id("published")
            let lease = try await bench.granted(id)
            try await bench.journal.published(id, run: 1)
            #expect(try await bench.journal.find(id)?.published == false)
            try await bench.end(lease)
            try await bench.journal.published(id, run: 2)
            #expect(try await bench.claim(id) == .ended(Samples.outcome(id, body: "{}"), published: false))
            try await bench.journal.published(id, run: 1)
            try await bench.journal.published(id, run: 1)
            #expect(try await bench.claim(id) == .ended(Samples.outcome(id, body: "{}"), published: true))
            #expect(try await bench.neighbour.find(id)?.published == true)
            try await bench.journal.published(Samples.id("nobody-knows"), run: 1)
        },
    ]

    static let reservations = [
        ConformanceCase("a name is granted to one request, again and again") { bench async throws in
            let one = try await bench.granted(Samples.id("one"))
            let two = try await bench.granted(Samples.id("two"), as: Samples.bob)
            #expect(try await bench.journal.reserve("export/p", for: one) == .granted)
            #expect(try await bench.journal.reserve("export/p", for: one) == .granted)
            #expect(try await bench.neighbour.reserve("export/p", for: two) == .taken(by: one.id))
            #expect(try await bench.neighbour.reserve("export/q", for: two) == .granted)
            #expect(try await bench.journal.reserve("EXPORT/P", for: two) == .granted)
        },
        ConformanceCase("finish frees what was reserved, and nothing of others") { bench async throws in
            let one = try await bench.granted(Samples.id("frees"))
            let two = try await bench.granted(Samples.id("keeps"))
            #expect(try await bench.journal.reserve("a", for: one) == .granted)
            #expect(try await bench.journal.reserve("b", for: one) == .granted)
            #expect(try await bench.journal.reserve("c", for: two) == .granted)
            try await bench.end(one)
            let three = try await bench.granted(Samples.id("takes"))
            #expect(try await bench.journal.reserve("a", for: three) == .granted)
            #expect(try await bench.journal.reserve("b", for: three) == .granted)
            #expect(try await bench.journal.reserve("c", for: three) == .taken(by: two.id))
        },
        ConformanceCase("a reservation belongs to the request and survives its owner") { bench async throws in
            let id = Samples.id("survives")
            let old = try await bench.granted(id)
            #expect(try await bench.journal.reserve("a", for: old) == .granted)
            bench.letOwnersGrowStale()
            let new = try await bench.granted(id, as: Samples.bob)
            let other = try await bench.granted(Samples.id("another"), as: Samples.bob)
            #expect(try await bench.journal.reserve("a", for: other) == .taken(by: id))
            #expect(try await bench.journal.reserve("a", for: old) == .fenced)
            #expect(try await bench.journal.reserve("a", for: new) == .granted)
        },
    ]
}
