import CopyDomain
import CopyJournal
import Testing

extension JournalConformance {
    static let claims = [
        ConformanceCase("the first claim stores the content and the plan and is new") { bench async throws in
            let id = Samples.id("first")
            let claim = try await bench.claim(id)
            let plan = Samples.plan(id)
            let lease = Lease(id: id, run: 1, epoch: 1, owner: Samples.alice)
            #expect(claim == .granted(Grant(lease: lease, checkpoint: Checkpoint(first: plan), isNew: true)))
            let entry = try #require(try await bench.neighbour.find(id))
            #expect(entry.plan == plan)
            #expect(entry.owner == Samples.alice)
            #expect(entry.epoch == 1)
            #expect(entry.outcome == nil)
            #expect(!entry.published)
        },
        ConformanceCase("a second claim is told who runs the request while that one lives") { bench async throws in
            let id = Samples.id("busy")
            _ = try await bench.granted(id)
            bench.clock.advance(.seconds(10))
            #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
            let other = try await bench.neighbour.claim(
                id,
                content: Samples.content,
                plan: Samples.plan(id),
                owner: Samples.bob
            )
            #expect(other == .runningElsewhere(Samples.alice))
        },
        ConformanceCase("the owner itself is told that the request is its own, without a new epoch") {
            bench async throws in
            let id = Samples.id("mine")
            let lease = try await bench.granted(id)
            #expect(try await bench.claim(id) == .mine(lease))
            bench.letOwnersGrowStale()
            #expect(try await bench.claim(id) == .mine(lease))
        },
        ConformanceCase("a silent owner loses the request, under a higher epoch") { bench async throws in
            let id = Samples.id("stale")
            let first = try await bench.granted(id)
            bench.letOwnersGrowStale()
            let second = try await bench.granted(id, as: Samples.bob)
            #expect(second.epoch > first.epoch)
            #expect(second.run == first.run)
            #expect(try await bench.claim(id) == .runningElsewhere(Samples.bob))
        },
        ConformanceCase("an owner that beats keeps what it holds") { bench async throws in
            let id = Samples.id("beating")
            let lease = try await bench.granted(id)
            for _ in 0..<4 {
                bench.clock.advance(.seconds(9))
                _ = try await bench.neighbour.beat(Samples.alice)
            }
            #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
            #expect(try await bench.journal.save(Samples.checkpoint(Samples.plan(id)), for: lease) == .held)
        },
        ConformanceCase("a held save is a sign of life: nobody else is granted the request within the limit") {
            bench async throws in
            let id = Samples.id("saving")
            let lease = try await bench.granted(id)
            bench.letOwnersGrowStale()
            #expect(try await bench.journal.save(Samples.checkpoint(Samples.plan(id)), for: lease) == .held)
            bench.clock.advance(.seconds(10))
            #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
            bench.clock.advance(.milliseconds(1))
            _ = try await bench.granted(id, as: Samples.bob)
        },
        ConformanceCase("a clock that was set back does not keep the dead alive") { bench async throws in
            let id = Samples.id("set-back")
            _ = try await bench.granted(id)
            bench.clock.advance(.seconds(-3600))
            _ = try await bench.granted(id, as: Samples.bob)
        },
        ConformanceCase("a released request is granted at once") { bench async throws in
            let id = Samples.id("released")
            let first = try await bench.granted(id)
            try await bench.journal.release([first])
            #expect(try await bench.neighbour.find(id)?.owner == nil)
            let second = try await bench.granted(id, as: Samples.bob)
            #expect(second.epoch > first.epoch)
        },
        ConformanceCase("the same id with other content is refused, also after the end") { bench async throws in
            let id = Samples.id("other-content")
            let lease = try await bench.granted(id)
            let other = Array("other content".utf8)
            #expect(try await bench.claim(id, content: other) == .otherContent)
            #expect(try await bench.claim(id, as: Samples.bob, content: []) == .otherContent)
            try await bench.end(lease)
            #expect(try await bench.claim(id, content: other) == .otherContent)
            #expect(try await bench.claim(id, content: Samples.content + [0]) == .otherContent)
        },
        ConformanceCase("content is compared by bytes, not by what text means") { bench async throws in
            let id = Samples.id("bytes")
            let composed: [UInt8] = [0xC3, 0xA9]
            let decomposed: [UInt8] = [0x65, 0xCC, 0x81]
            let awkward: [UInt8] = [0, 0xFF, 0xFE, 0]
            _ = try await bench.claim(id, content: composed)
            #expect(try await bench.claim(id, content: decomposed) == .otherContent)
            _ = try await bench.claim(Samples.id("awkward"), content: awkward)
            #expect(try await bench.claim(Samples.id("awkward"), content: [0]) == .otherContent)
            guard case .mine = try await bench.claim(Samples.id("awkward"), content: awkward) else {
                Issue.record("the same bytes were not recognised")
                return
            }
        },
        ConformanceCase("later claims get the first plan and the last checkpoint back") { bench async throws in
            let id = Samples.id("kept")
            let lease = try await bench.granted(id)
            let plan = Samples.plan(id)
            let context = ["traceparent": "00-ab-cd-01", "reply-to": "amq.gen-\u{0}\u{e9}\"", "": ""]
            let saved = Samples.checkpoint(plan, machine: Samples.begun(plan), sequence: 7, context: context)
            #expect(try await bench.journal.save(saved, for: lease) == .held)
            try await bench.journal.release([lease])
            let elsewhere = Samples.plan(id, target: "elsewhere")
            let claim = try await bench.neighbour.claim(
                id,
                content: Samples.content,
                plan: elsewhere,
                owner: Samples.bob
            )
            let next = Lease(id: id, run: 1, epoch: lease.epoch + 1, owner: Samples.bob)
            #expect(claim == .granted(Grant(lease: next, checkpoint: saved, isNew: saved.isUntouched(plan))))
            #expect(try await bench.journal.find(id)?.plan == plan)
        },
        ConformanceCase("a request whose machine never moved is still new to the next owner") { bench async throws in
            let id = Samples.id("untouched")
            let lease = try await bench.granted(id)
            let saved = Samples.checkpoint(Samples.plan(id), sequence: 1)
            #expect(try await bench.journal.save(saved, for: lease) == .held)
            try await bench.journal.release([lease])
            let claim = try await bench.claim(id, as: Samples.bob)
            guard case .granted(let grant) = claim, grant.checkpoint == saved, grant.isNew else {
                Issue.record("not granted as new")
                return
            }
        },
        ConformanceCase("a checkpoint of another format is granted to nobody who cannot read it") {
            bench async throws in
            for format in [Checkpoint.readableFormats.lowerBound - 1, Checkpoint.readableFormats.upperBound + 1] {
                let id = Samples.id("format-\(format)")
                let lease = try await bench.granted(id)
                try await bench.restamp(id, format)
                #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
                try await bench.journal.release([lease])
                #expect(try await bench.claim(id, as: Samples.bob) == .otherFormat(format))
                #expect(try await bench.journal.find(id)?.owner == nil)
                #expect(try await bench.claim(id, content: []) == .otherContent)
            }
        },
    ]
}
