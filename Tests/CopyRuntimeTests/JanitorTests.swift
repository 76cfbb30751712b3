import CopyDomain
import CopyJournal
import CopyRuntime
import Logging
import Simulation
import Testing

@Suite("The janitor")
struct JanitorTests {
    private static let day: Duration = .seconds(24 * 3600)

    @Test("an empty model of a lost authorization is deleted once its authorization has run out, not before")
    func emptyModel() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("authorize", times: 1))
            try await stage.playing(["anna", "bert"]) { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                let orphan = try #require(stage.orphans(of: "r").first)
                try await clock.sleep(for: Self.day - .seconds(60))
                #expect(stage.orphans(of: "r") == [orphan])
                try await clock.sleep(for: .seconds(600))
                #expect(stage.orphans(of: "r").isEmpty)
            }
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            #expect(stage.azure.done.count { $0 == "r: delete model" } == 1)
            stage.check(["r"])
        }
    }

    @Test("as many empty models as lost authorizations of their time explain are deleted")
    func severalLost() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("authorize", times: 3))
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                try await clock.sleep(for: Self.day + .seconds(1800))
            }
            #expect(stage.orphans(of: "r").isEmpty)
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            stage.check(["r"])
        }
    }

    @Test("one empty model more than that is left to a person, by name: whichever is kept is not deleted")
    func oneTooMany() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("authorize", times: 1))
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.wait("an authorization is lost") { _ in stage.azure.done.contains("r: authorize") }
                // A stranger's, made at the same time with other software.
                stage.azure.add("strange", for: "someone", created: Stage.noon + clock.elapsed)
                await stage.settled(results: 1)
                try await clock.sleep(for: Self.day + .seconds(1800))
                let obligation = try #require(try stage.journal.obligations().first)
                #expect(obligation.needsPerson && obligation.finding?.contains("strange") == true)
                let mine = try #require(stage.orphans(of: "r").first)
                stage.azure.remove(mine)
                try await clock.sleep(for: Self.day * 2)
                let kept = try stage.journal.obligations()
                #expect(kept.map(\.needsPerson) == [true])
                #expect(stage.azure.items(of: try #require(RequestID(rawValue: "someone"))) == ["strange"])
                stage.azure.remove("strange")
                try await clock.sleep(for: Self.day + .seconds(120))
            }
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            #expect(!stage.azure.done.contains { $0.hasSuffix("delete model") })
            stage.check(["r"])
        }
    }

    @Test("a model into which a copy failed is somebody's, and is left alone")
    func invalidModel() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("authorize", times: 1))
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                let orphan = try #require(stage.orphans(of: "r").first)
                stage.azure.spoil(orphan)
                try await clock.sleep(for: Self.day + .seconds(1800))
                #expect(stage.orphans(of: "r") == [orphan])
            }
            #expect(!stage.azure.done.contains { $0.hasSuffix("delete model") })
        }
    }

    @Test("nothing is deleted before it is due by the clock of Azure, however far ahead this host's is")
    func hostAhead() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("authorize", times: 1))
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                let orphan = try #require(stage.orphans(of: "r").first)
                stage.wallStep.withLock { $0 = Self.day * 2 }
                try await clock.sleep(for: .seconds(12 * 3600))
                #expect(stage.orphans(of: "r") == [orphan])
                try await clock.sleep(for: .seconds(20 * 3600))
                #expect(stage.orphans(of: "r").isEmpty)
            }
        }
    }

    @Test("a lost authorization whose models nobody could list is not served unseen", arguments: [true, false])
    func unlisted(isThere: Bool) async throws {
        try await VirtualTime.run { clock in
            let isAnswering = Shared(false)
            let stage = Stage(clock: clock) { call, _ in
                guard !isAnswering.withLock({ $0 }) else { return nil }
                return call.name == "authorize" ? .lostAfter : call.name == "models" ? .refused : nil
            }
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                isAnswering.withLock { $0 = true }
                for orphan in isThere ? [] : stage.orphans(of: "r") { stage.azure.remove(orphan) }
                try await clock.sleep(for: Self.day + .seconds(1800))
            }
            let debts = try stage.journal.obligations()
            #expect(debts.isEmpty == !isThere)
            for orphan in stage.orphans(of: "r") {
                #expect(debts.contains { $0.needsPerson && $0.finding?.contains(orphan) == true })
            }
            #expect(!stage.azure.done.contains { $0.hasSuffix("delete model") })
        }
    }

    @Test("an authorization that took effect after the models were listed is left to a person, by name")
    func late() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("authorize", times: 1, .lostBefore))
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                #expect(stage.orphans(of: "r").isEmpty)
                stage.azure.add("late", for: "r", created: Stage.noon + clock.elapsed)
                try await clock.sleep(for: Self.day + .seconds(1800))
                let obligation = try #require(try stage.journal.obligations().first)
                #expect(obligation.needsPerson && obligation.finding?.contains("late") == true)
                stage.azure.remove("late")
                try await clock.sleep(for: Self.day * 2)
            }
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            #expect(!stage.azure.done.contains { $0.hasSuffix("delete model") })
        }
    }

    @Test(
        "what was given up beyond the grace is deleted when it is due",
        arguments: [CopyKind.documentModel, .visionProject]
    )
    func leftBehind(kind: CopyKind) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(2000))
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: kind, deadline: "2026-11-21T12:01:00Z"))
                await stage.settled(results: 1)
                #expect(stage.orphans(of: "r").count == 1)
                try await clock.sleep(for: .seconds(2 * 3600))
                #expect(stage.orphans(of: "r").isEmpty)
            }
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
        }
    }

    @Test(
        "what a request succeeded with stays, although a worker that had lost the request learned of it as well",
        arguments: [CopyKind.documentModel, .visionProject]
    )
    func learnedSuccess(kind: CopyKind) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let id = try #require(RequestID(rawValue: "r"))
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: kind))
                await stage.settled(results: 1)
                let target = try #require(stage.azure.items(of: id).first)
                let fact = LearnedFact.made(
                    kind == .visionProject ? .project(id: target) : .model(id: target),
                    resource: try #require(ResourceName(rawValue: "target-1"))
                )
                let owner = OwnerID(rawValue: "overtaken")
                try stage.journal.learned(fact, for: Lease(id: id, run: 1, epoch: 1, owner: owner))
                try await clock.sleep(for: Self.day * 2)
                #expect(stage.azure.items(of: id) == [target])
            }
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            stage.check(["r"])
        }
    }

    @Test("an obligation of a request that runs is its run's, however long it has been due")
    func running() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(
                clock: clock,
                copyTime: .seconds(6000),
                faults: Self.losing("copy", times: 1, .lostBefore)
            )
            try await stage.playing { _ in
                stage.publish(stage.request("r", deadline: "2026-11-21T20:00:00Z"))
                try await clock.sleep(for: .seconds(5000))
                let owed = try stage.journal.obligations()
                #expect(owed.map { $0.due < Stage.noon + .seconds(4500) } == [true])
                await stage.settled(results: 1)
                try await clock.sleep(for: .seconds(600))
            }
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            stage.check(["r"])
        }
    }

    @Test("a project that turns up under the name of a lost import is deleted after the token's life")
    func projectName() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("import", times: 9, .lostBefore))
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: .visionProject))
                await stage.settled(results: 1)
                let owed = try stage.journal.obligations()
                let name = try #require(owed.compactMap(\.obligation.subject.name).first)
                // The lost import comes after all, hours later.
                stage.azure.add("late", for: "r", name: name, created: Stage.noon + clock.elapsed)
                stage.azure.add("other", for: "someone", name: name + "x", created: Stage.noon + clock.elapsed)
                try await clock.sleep(for: Self.day * 2)
            }
            #expect(stage.azure.items(of: try #require(RequestID(rawValue: "r"))).isEmpty)
            #expect(stage.azure.items(of: try #require(RequestID(rawValue: "someone"))) == ["other"])
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
        }
    }

    @Test(
        "an id that the request chose is never deleted: there needs a person, gone is served, also when a person did it",
        arguments: [true, false]
    )
    func chosenID(isThere: Bool) async throws {
        try await VirtualTime.run { clock in
            let isOut = Shared(false)
            let stage = Stage(clock: clock, copyTime: .seconds(2000)) { _, _ in
                isOut.withLock { $0 } ? .refused : nil
            }
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: .documentClassifier, deadline: "2026-11-21T12:01:00Z"))
                await stage.settled(results: 1)
                if !isThere { stage.azure.remove("t-r") }
                try await clock.sleep(for: .seconds(3 * 3600))
                let first = try stage.journal.obligations()
                #expect(first.isEmpty == !isThere)
                #expect(first.allSatisfy { $0.needsPerson && $0.finding?.contains("t-r") == true })
                #expect(stage.orphans(of: "r").isEmpty == !isThere)
                // A look that fails does not take it from the person.
                isOut.withLock { $0 = true }
                try await clock.sleep(for: Self.day + .seconds(3600))
                let second = try stage.journal.obligations()
                #expect(
                    second.map(\.finding) == first.map(\.finding)
                        && second.map(\.needsPerson) == first.map(\.needsPerson)
                )
                isOut.withLock { $0 = false }
                stage.azure.remove("t-r")
                try await clock.sleep(for: Self.day + .seconds(3600))
            }
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            #expect(!stage.azure.done.contains("r: delete target"))
        }
    }

    @Test("what cannot be looked at now is looked at again, at longer and longer intervals")
    func failures() async throws {
        try await VirtualTime.run { clock in
            let isOut = Shared(false)
            let stage = Stage(clock: clock, copyTime: .seconds(2000)) { _, _ in
                isOut.withLock { $0 } ? .refused : nil
            }
            try await stage.playing { _ in
                stage.publish(stage.request("r", deadline: "2026-11-21T12:01:00Z"))
                await stage.settled(results: 1)
                isOut.withLock { $0 = true }
                let before = stage.witness.diary.count
                try await clock.sleep(for: Self.day)
                #expect((3...20).contains(stage.witness.diary.dropFirst(before).count { $0 == "send model" }))
                let obligations = try stage.journal.obligations()
                #expect(obligations.first?.finding != nil)
                isOut.withLock { $0 = false }
                try await clock.sleep(for: .seconds(7 * 3600))
                #expect(stage.orphans(of: "r").isEmpty)
            }
        }
    }

    @Test("a resource that answers slowly does not keep the journal's generation from being renewed")
    func slowResource() async throws {
        try await VirtualTime.run { clock in
            let isSlow = Shared(false)
            let stage = Stage(clock: clock, copyTime: .seconds(2000)) { _, _ in
                isSlow.withLock { $0 } ? .slow(.seconds(120)) : nil
            }
            let ids = (1...20).map { "r-\($0)" }
            try await stage.playing { _ in
                for id in ids { stage.publish(stage.request(id, deadline: "2026-11-21T12:01:00Z")) }
                await stage.settled(results: ids.count)
                isSlow.withLock { $0 = true }
                var generation = try stage.journal.identity().generation
                var stale: Duration = .zero
                var longest = stale
                while try !stage.journal.obligations().isEmpty, clock.elapsed < Self.day * 2 {
                    try await clock.sleep(for: .seconds(60))
                    let present = try stage.journal.identity().generation
                    stale = present == generation ? stale + .seconds(60) : .zero
                    longest = max(longest, stale)
                    generation = present
                }
                #expect(longest <= .seconds(1200))
            }
            #expect(ids.allSatisfy { stage.orphans(of: $0).isEmpty })
            stage.check(ids)
        }
    }

    @Test("what a person has seen to is not deleted, although the janitor had begun to look at it")
    func settledMeanwhile() async throws {
        try await VirtualTime.run { clock in
            let wishes = Shared(0)
            let stage = Stage(clock: clock, faults: Self.losing("authorize", times: 1)) { call in
                guard call.name == "delete model" else { return .zero }
                wishes.withLock { $0 += 1 }
                return .seconds(30)
            }
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                try await clock.sleep(for: Self.day)
                await stage.wait("the janitor wants to delete") { _ in wishes.withLock { $0 } > 0 }
                let number = try #require(try stage.journal.obligations().first).number
                #expect(try stage.journal.record(.served("seen to"), of: number))
                try await clock.sleep(for: .seconds(7 * 3600))
            }
            #expect(wishes.withLock { $0 } == 1 && stage.orphans(of: "r").count == 1)
            #expect(!stage.azure.done.contains("r: delete model"))
        }
    }

    @Test("a resource that is not configured any more, or is another now, is left alone")
    func unconfigured() async throws {
        for change in 0..<2 {
            try await VirtualTime.run { clock in
                let stage = Stage(clock: clock, copyTime: .seconds(2000))
                var later = stage
                let name = try #require(ResourceName(rawValue: "target-1"))
                let old = try #require(stage.catalogue.resources[name])
                var new = old
                new.frozen = FrozenResource(name: name, endpoint: "https://x.test", armID: "/x", region: "westus2")
                later.catalogue.resources[name] = change == 0 ? nil : new
                let changed = later
                try await stage.inActs {
                    try await stage.act { _ in
                        stage.publish(stage.request("r", deadline: "2026-11-21T12:01:00Z"))
                        await stage.settled(results: 1)
                    }
                    let calls = stage.witness.diary.count { $0.hasPrefix("send") }
                    try await changed.act(["bert"]) { _ in try await clock.sleep(for: .seconds(2 * 3600)) }
                    #expect(stage.witness.diary.count { $0.hasPrefix("send") } == calls)
                    let obligation = try #require(try stage.journal.obligations().first)
                    #expect(obligation.finding?.contains("configuration") == true && !obligation.needsPerson)
                    try await stage.act(["carl"]) { _ in try await clock.sleep(for: .seconds(7 * 3600)) }
                    #expect(stage.orphans(of: "r").isEmpty)
                }
            }
        }
    }

    @Test("the janitor dies at any moment of its work: the next one finishes it")
    func death() async throws {
        let moments = try await work(last: nil)
        #expect(moments > 10)
        for last in 1...moments { _ = try await work(last: last) }
    }

    /// Plays the work of a janitor that dies at the given moment, and of the next one.
    /// - Returns: how many moments the first one had.
    private func work(last: Int?) async throws -> Int {
        try await VirtualTime.run(seed: 1) { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(2000))
            let life = Life(last: last)
            try await stage.inActs {
                try await stage.act { _ in
                    stage.publish(stage.request("r", deadline: "2026-11-21T12:01:00Z"))
                    await stage.settled(results: 1)
                }
                try await clock.sleep(for: .seconds(3600))
                let dying = stage.worker("dying", life: life)
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await stage.live(dying, "dying", life) }
                    group.addTask {
                        try? await clock.sleep(for: .seconds(200))
                        await dying.drain()
                    }
                    await group.waitForAll()
                }
                #expect(life.isOver == (last != nil))
                if last == nil { #expect(stage.azure.done.contains("r: delete model"), "its life was its work") }
                try await stage.act(["bert"]) { _ in try await clock.sleep(for: .seconds(1200)) }
            }
            #expect(stage.orphans(of: "r").isEmpty)
            let obligations = try stage.journal.obligations()
            #expect(obligations.isEmpty)
            #expect(stage.witness.violations.isEmpty)
            return life.moments
        }
    }

    @Test("who becomes the janitor says so, and who has lost the office to another too")
    func office() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock)
            let (logger, lines) = LogBook.logger()
            stage.logger = logger
            let play = stage
            let isCutOff = Shared(false)
            let anna = play.worker("anna", isCutOff: isCutOff)
            let bert = play.worker("bert")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await play.live(anna, "anna") }
                try await clock.sleep(for: .seconds(200))
                #expect(lines().filter { $0.contains("the janitor") } == ["info this worker is the janitor "])
                group.addTask { await play.live(bert, "bert") }
                try await clock.sleep(for: .seconds(200))
                isCutOff.withLock { $0 = true }
                try await clock.sleep(for: .seconds(600))
                isCutOff.withLock { $0 = false }
                try await clock.sleep(for: .seconds(200))
                await anna.drain()
                await bert.drain()
                try await group.waitForAll()
            }
            let words = ["is", "is", "is no longer"]
            #expect(
                lines().filter { $0.hasPrefix("info this worker") }
                    == words.map { "info this worker \($0) the janitor " }
            )
        }
    }

    @Test("an obligation that cannot be read is told of once, and the others are served")
    func unreadable() async throws {
        try await VirtualTime.run { clock in
            let (logger, lines) = LogBook.logger()
            var stage = Stage(clock: clock, copyTime: .seconds(2000))
            stage.logger = logger
            let play = stage
            try await play.playing { _ in
                for id in ["one", "two"] { play.publish(play.request(id, deadline: "2026-11-21T12:01:00Z")) }
                await play.settled(results: 2)
                let owed = try play.journal.obligations()
                let damaged = try #require(owed.first { $0.request.rawValue == "one" })
                play.journal.damage(obligation: damaged.number)
                try await clock.sleep(for: .seconds(2 * 3600))
                #expect(play.orphans(of: "one").count == 1 && play.orphans(of: "two").isEmpty)
                let left = try play.journal.unreadableObligations()
                #expect(left.map(\.number) == [damaged.number])
                // A person has looked.
                try play.journal.record(.served("seen to"), of: damaged.number)
                let none = try play.journal.unreadableObligations()
                #expect(none.isEmpty)
            }
            #expect(lines().count { $0.hasPrefix("error an obligation cannot be read") } == 1)
        }
    }

    @Test("a janitor that cannot read the journal says so once, and again when it happens again")
    func journalAway() async throws {
        try await VirtualTime.run { clock in
            let (logger, lines) = LogBook.logger()
            var stage = Stage(clock: clock)
            stage.logger = logger
            let play = stage
            try await play.playing { _ in
                try await clock.sleep(for: .seconds(600))
                for _ in 0..<2 {
                    play.isJournalAway.withLock { $0 = true }
                    try await clock.sleep(for: .seconds(600))
                    play.isJournalAway.withLock { $0 = false }
                    try await clock.sleep(for: .seconds(600))
                }
            }
            #expect(lines().count { $0.hasPrefix("warning the janitor cannot read") } == 2)
        }
    }

    @Test("requests are forgotten after their time, unless they owe something")
    func prunes() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(20))
            stage.settings.retention = .seconds(3600)
            let play = stage
            try await play.playing { _ in
                play.publish(play.request("r"))
                await play.settled(results: 1)
                let id = try #require(RequestID(rawValue: "r"))
                #expect(try play.journal.find(id) != nil)
                try await clock.sleep(for: .seconds(3 * 3600))
                #expect(try play.journal.find(id) == nil)
            }
        }
    }

    @Test("nothing is forgotten while the broker is away: it may bring the request again")
    func brokerAway() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(20))
            stage.settings.retention = .seconds(3600)
            let play = stage
            try await play.playing { _ in
                let request = play.request("r")
                play.publish(request)
                await play.settled(results: 1)
                try await clock.sleep(for: .seconds(600))
                play.broker.goDown()
                play.publish(request)
                try await clock.sleep(for: .seconds(6 * 3600))
                play.broker.comeBack()
                await play.settled(results: 2)
                try await clock.sleep(for: .seconds(3 * 3600))
                let id = try #require(RequestID(rawValue: "r"))
                #expect(try play.journal.find(id) == nil)
            }
            play.check(["r"])
        }
    }

    @Test("a wall clock that is set forward makes nobody forget anything, until it has agreed for a while")
    func setClock() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(20))
            stage.settings.retention = .seconds(10 * 3600)
            let play = stage
            try await play.playing { _ in
                play.publish(play.request("r"))
                await play.settled(results: 1)
                let id = try #require(RequestID(rawValue: "r"))
                try await clock.sleep(for: .seconds(3600))
                play.wallStep.withLock { $0 = Self.day * 31 }
                try await clock.sleep(for: .seconds(3600))
                #expect(try play.journal.find(id) != nil)
                play.wallStep.withLock { $0 = .zero }
                try await clock.sleep(for: .seconds(6 * 3600))
                #expect(try play.journal.find(id) != nil)
                try await clock.sleep(for: .seconds(6 * 3600))
                #expect(try play.journal.find(id) == nil)
            }
        }
    }

    private static func losing(
        _ name: String,
        times: Int,
        _ fault: TinyAzure.Fault = .lostAfter
    ) -> @Sendable (CopyCall, RequestID) -> TinyAzure.Fault? {
        let left = Shared(times)
        return { call, _ in
            guard call.name == name else { return nil }
            return left.withLock { left in
                left -= 1
                return left >= 0 ? fault : nil
            }
        }
    }
}

extension Stage {
    /// What a request has left besides a finished target.
    func orphans(of id: String) -> [String] {
        guard let request = RequestID(rawValue: id) else { return [] }
        let isSuccess = outcomes(of: id).first?.id.hasSuffix("#succeeded") ?? false
        let targets = isSuccess ? azure.targets(of: request) : []
        return azure.items(of: request).filter { !targets.contains($0) }
    }
}

extension ObligationSubject {
    fileprivate var name: String? {
        guard case .projectName(let name) = self else { return nil }
        return name
    }
}
