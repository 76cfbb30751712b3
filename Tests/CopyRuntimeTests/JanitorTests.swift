import CopyDomain
import CopyJournal
import CopyRuntime
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
            let debts = try await stage.journal.obligations()
            #expect(debts.isEmpty)
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
            let debts = try await stage.journal.obligations()
            #expect(debts.isEmpty)
            stage.check(["r"])
        }
    }

    @Test("one empty model more than that is left to a person, by name")
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
            }
            let debt = try #require(try await stage.journal.obligations().first)
            #expect(debt.nextLook == nil)
            #expect(debt.finding?.contains("strange") == true)
            #expect(stage.azure.items(of: try #require(RequestID(rawValue: "someone"))) == ["strange"])
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
            let debts = try await stage.journal.obligations()
            #expect(debts.isEmpty == !isThere)
            for orphan in stage.orphans(of: "r") {
                #expect(debts.contains { $0.nextLook == nil && $0.finding?.contains(orphan) == true })
            }
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
            let debts = try await stage.journal.obligations()
            #expect(debts.isEmpty)
        }
    }

    @Test("a project that turns up under the name of a lost import is deleted after the token's life")
    func projectName() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: Self.losing("import", times: 9, .lostBefore))
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: .visionProject))
                await stage.settled(results: 1)
                let owed = try await stage.journal.obligations()
                let name = try #require(owed.compactMap(\.obligation.subject.name).first)
                // The lost import comes after all, hours later.
                stage.azure.add("late", for: "r", name: name, created: Stage.noon + clock.elapsed)
                stage.azure.add("other", for: "someone", name: name + "x", created: Stage.noon + clock.elapsed)
                try await clock.sleep(for: Self.day * 2)
            }
            #expect(stage.azure.items(of: try #require(RequestID(rawValue: "r"))).isEmpty)
            #expect(stage.azure.items(of: try #require(RequestID(rawValue: "someone"))) == ["other"])
            let debts = try await stage.journal.obligations()
            #expect(debts.isEmpty)
        }
    }

    @Test(
        "an id that the request chose is never deleted: gone is served, there needs a person",
        arguments: [true, false]
    )
    func chosenID(isThere: Bool) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(2000))
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: .documentClassifier, deadline: "2026-11-21T12:01:00Z"))
                await stage.settled(results: 1)
                if !isThere { stage.azure.remove("t-r") }
                try await clock.sleep(for: .seconds(3 * 3600))
            }
            let debts = try await stage.journal.obligations()
            #expect(debts.isEmpty == !isThere)
            #expect(debts.allSatisfy { $0.nextLook == nil && $0.finding?.contains("t-r") == true })
            #expect(!stage.azure.done.contains("r: delete target"))
            #expect(stage.orphans(of: "r").isEmpty == !isThere)
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
                let debts = try await stage.journal.obligations()
                #expect(debts.first?.finding != nil)
                isOut.withLock { $0 = false }
                try await clock.sleep(for: .seconds(7 * 3600))
                #expect(stage.orphans(of: "r").isEmpty)
            }
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
                    let debt = try #require(try await stage.journal.obligations().first)
                    #expect(debt.finding?.contains("configuration") == true && debt.nextLook != nil)
                    try await stage.act(["carl"]) { _ in try await clock.sleep(for: .seconds(7 * 3600)) }
                    #expect(stage.orphans(of: "r").isEmpty)
                }
            }
        }
    }

    @Test("the janitor dies at any moment of its work: the next one finishes it")
    func death() async throws {
        for moment in 1...30 {
            try await VirtualTime.run(seed: UInt64(moment)) { clock in
                let stage = Stage(clock: clock, copyTime: .seconds(2000))
                try await stage.inActs {
                    try await stage.act { _ in
                        stage.publish(stage.request("r", deadline: "2026-11-21T12:01:00Z"))
                        await stage.settled(results: 1)
                    }
                    try await clock.sleep(for: .seconds(3600))
                    let life = Life(last: moment)
                    let dying = stage.worker("dying", life: life)
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask { await stage.live(dying, "dying", life) }
                        group.addTask {
                            try? await clock.sleep(for: .seconds(200))
                            await dying.drain()
                        }
                        await group.waitForAll()
                    }
                    try await stage.act(["bert"]) { _ in try await clock.sleep(for: .seconds(1200)) }
                }
                #expect(stage.orphans(of: "r").isEmpty)
                let debts = try await stage.journal.obligations()
                #expect(debts.isEmpty)
                #expect(stage.witness.violations.isEmpty)
            }
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
                #expect(try await play.journal.find(id) != nil)
                try await clock.sleep(for: .seconds(3 * 3600))
                #expect(try await play.journal.find(id) == nil)
            }
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
                #expect(try await play.journal.find(id) != nil)
                play.wallStep.withLock { $0 = .zero }
                try await clock.sleep(for: .seconds(6 * 3600))
                #expect(try await play.journal.find(id) != nil)
                try await clock.sleep(for: .seconds(6 * 3600))
                #expect(try await play.journal.find(id) == nil)
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
