import BrokerSupport
import Foundation
import Testing

/// Real processes that die at every boundary: what the journal was told, what Azure was asked, what the broker
/// confirmed. `Tests/MortalWorker` is the worker with stops in its ports.
@Suite("Crash matrix")
struct CrashMatrixTests {
    private static var options: World.Options {
        var options = World.Options()
        options.sources = Family.allCases.count
        options.targets = Family.allCases.count
        options.items = 80
        options.slots = 500
        options.maxInFlight = 500
        options.copySeconds = 3
        options.copySpread = 0
        options.staleness = "3s"
        options.worker = """
              livenessPeriod: 500ms
              sendBefore: 2s
              limits: {lostCopyWatch: 10s, lostStartSearch: 5s, lostImportWatch: 10s}
            """
        return options
    }

    /// Families have resources of their own, so that none waits for another's budget.
    private static func request(_ family: Family, _ id: String, item: Int) -> [String: any Sendable] {
        let number = Family.allCases.firstIndex(of: family) ?? 0
        return family.request(id, source: number, item: item, target: number)
    }

    private static func ids(_ requests: [[String: any Sendable]]) -> [String] {
        requests.compactMap { $0["id"] as? String }
    }

    @Test("SIGKILL before and after every save, call, outcome and confirm of every kind: each request ends once")
    func kills() async throws {
        try await World.with(Self.options) { world in
            try await Client.with(world) { client in
                let acts = try await rehearse(world, client)
                var items: [Family: Int] = [:]
                func item(_ family: Family) -> Int {
                    defer { items[family, default: 1] += 1 }
                    return items[family, default: 1]
                }
                var stops: [Stop] = []
                var requests: [[String: any Sendable]] = []
                for family in Family.allCases {
                    for (act, count) in (acts[family] ?? [:]).sorted(by: { $0.key < $1.key }) {
                        for number in 1...count {
                            for when in Stop.When.allCases {
                                let id = "\(family)-\(when)-\(act)-\(number)"
                                requests.append(Self.request(family, id, item: item(family)))
                                stops.append(Stop(request: id, act: act, when: when, number: number))
                            }
                        }
                    }
                }
                try await die(at: stops, requests, world, client)

                // A confirm that waits holds up every confirm behind it, so these have a life of their own.
                let confirmed = Family.allCases.flatMap { family in
                    (0..<3).map { Self.request(family, "\(family)-confirm-\($0)", item: item(family)) }
                }
                let confirms = Self.ids(confirmed).map { Stop(request: $0, act: "confirm", when: .before, number: 1) }
                // Not heard, so told again.
                try await die(at: confirms, confirmed, world, client, outcomes: 2)
                let all = acts.keys.map { "\($0)-rehearsal" } + Self.ids(requests + confirmed)
                try await expectOnceEach(all, client: client, world: world)
                #expect(try await world.admin.report()["authorizations"]["reused"].int == 0)
                print("crash matrix: \(stops.count + confirms.count) boundaries x SIGKILL")
            }
        }
    }

    /// What a request of each family does from its claim to its end, when nothing is in its way.
    private func rehearse(_ world: World, _ client: Client) async throws -> [Family: [String: Int]] {
        let worker = try world.startMortalWorker("rehearsal", .none)
        let requests = Family.allCases.map { Self.request($0, "\($0)-rehearsal", item: 0) }
        try await client.submit(all: requests)
        #expect(await client.waitForOutcomes(of: Self.ids(requests), within: .seconds(60)) == [])
        // The last act follows the outcome.
        _ = await eventually(within: .seconds(10)) {
            Self.ids(requests).allSatisfy { worker.acts(of: $0)["published"] == 1 }
        }
        await worker.program.killAndWait()
        var acts: [Family: [String: Int]] = [:]
        for family in Family.allCases {
            let found = worker.acts(of: "\(family)-rehearsal")
            #expect(found["claim"] == 1 && found["finish"] == 1 && found["published"] == 1, "\(family): \(found)")
            #expect((found["send"] ?? 0) == family.makingCalls.count, "\(family): \(found)")
            #expect((found["save"] ?? 0) > family.makingCalls.count, "\(family): \(found)")
            acts[family] = found
        }
        return acts
    }

    /// Lets a worker bring every request to its stop and die there, and another one end them all.
    private func die(
        at stops: [Stop],
        _ requests: [[String: any Sendable]],
        _ world: World,
        _ client: Client,
        outcomes: Int = 1
    ) async throws {
        let name = stops.first?.act ?? ""
        let victim = try world.startMortalWorker("victim-\(name)", .kill, stops: stops)
        try await client.submit(all: requests)
        let isDead = await victim.program.waitForExit(within: .seconds(90))
        #expect(isDead && victim.hasReachedAll)
        // How often a copy is polled, and so what is saved of it, is not the same every time.
        let missed = victim.diary.filter { $0.hasPrefix("missed ") }
        #expect(missed.count * 10 <= stops.count && missed.allSatisfy { $0.contains(" save ") }, "\(missed)")
        await victim.program.killAndWait()
        let heir = try world.startWorker("heir-\(name)")
        let ids = Self.ids(requests)
        #expect(await client.waitForOutcomes(of: ids, within: .seconds(120)) == [])
        let areToldAgain = await eventually(within: .seconds(30)) {
            ids.allSatisfy { client.outcomes(of: $0).count >= outcomes }
        }
        #expect(areToldAgain)
        #expect(heir.isRunning)
        await heir.killAndWait()
    }

    /// Around the call that starts the copy, and while the copy runs.
    private static func aroundTheCopy() -> (stops: [Stop], requests: [[String: any Sendable]]) {
        var stops: [Stop] = []
        var requests: [[String: any Sendable]] = []
        for family in Family.allCases {
            let call = (family.makingCalls.firstIndex { ["copy", "copyTo", "import"].contains($0) } ?? 0) + 1
            for (item, when) in Stop.When.allCases.enumerated() {
                let id = "\(family)-\(when)-start"
                requests.append(request(family, id, item: item))
                stops.append(Stop(request: id, act: "send", when: when, number: call))
            }
            requests.append(request(family, "\(family)-copying", item: 2))
        }
        return (stops, requests)
    }

    @Test("SIGSTOP beyond heartbeat and staleness: another worker goes on, and who wakes does nothing twice")
    func frozen() async throws {
        var options = Self.options
        options.copySeconds = 8
        options.heartbeat = "5s"
        try await World.with(options) { world in
            try await Client.with(world) { client in
                let (stops, requests) = Self.aroundTheCopy()
                let victim = try world.startMortalWorker("victim", .freeze, stops: stops)
                try await client.submit(all: requests)
                let isFrozen = await eventually(within: .seconds(90)) { victim.processState == "T" }
                #expect(isFrozen && victim.hasReachedAll)
                let heir = try world.startWorker("heir")
                // Twice the heartbeat and more than the staleness of 3 s: a fault takes its time.
                try await ContinuousClock().sleep(for: .seconds(12))
                victim.program.signal(SIGCONT)
                let ids = Self.ids(requests)
                #expect(await client.waitForOutcomes(of: ids, within: .seconds(120)) == [])
                #expect(victim.program.isRunning && heir.isRunning)
                await heir.killAndWait()
                // The one that was frozen works again.
                let after = Family.allCases.map { Self.request($0, "\($0)-after", item: 3) }
                try await client.submit(all: after)
                #expect(await client.waitForOutcomes(of: Self.ids(after), within: .seconds(60)) == [])
                await victim.program.killAndWait()
                try await expectOnceEach(ids + Self.ids(after), client: client, world: world)
                #expect(try await world.admin.report()["authorizations"]["reused"].int == 0)
            }
        }
    }

    @Test("SIGTERM around the copy call: the worker leaves with 0, and another ends what it handed back")
    func terminated() async throws {
        try await World.with(Self.options) { world in
            try await Client.with(world) { client in
                let (stops, requests) = Self.aroundTheCopy()
                let victim = try world.startMortalWorker("victim", .terminate, stops: stops)
                try await client.submit(all: requests)
                #expect(await victim.program.waitForExit(within: .seconds(90)))
                #expect(victim.hasReachedAll)
                #expect(victim.program.exitCode == 0)
                let heir = try world.startWorker("heir")
                #expect(await client.waitForOutcomes(of: Self.ids(requests), within: .seconds(120)) == [])
                await heir.killAndWait()
                try await expectOnceEach(Self.ids(requests), client: client, world: world)
                #expect(try await world.admin.report()["authorizations"]["reused"].int == 0)
            }
        }
    }

    @Test("the answer of every call, save and confirm is lost once: the worker finds out what came of it")
    func answersLost() async throws {
        try await World.with(Self.options) { world in
            try await Client.with(world) { client in
                var stops: [Stop] = []
                var requests: [[String: any Sendable]] = []
                for family in Family.allCases {
                    let calls = (1...family.makingCalls.count).map { ("send", $0) }
                    let acts = [("claim", 1), ("save", 2), ("finish", 1), ("published", 1), ("confirm", 1)] + calls
                    for (item, act) in acts.enumerated() {
                        let id = "\(family)-\(act.0)-\(act.1)"
                        requests.append(Self.request(family, id, item: item))
                        stops.append(Stop(request: id, act: act.0, when: .after, number: act.1))
                    }
                }
                let worker = try world.startMortalWorker("worker", .loseAnswers, stops: stops)
                try await client.submit(all: requests)
                #expect(await client.waitForOutcomes(of: Self.ids(requests), within: .seconds(120)) == [])
                let hasLostAll = await eventually(within: .seconds(20)) { stops.allSatisfy(worker.hasReached) }
                #expect(hasLostAll)
                #expect(worker.program.isRunning)
                await worker.program.killAndWait()
                try await expectOnceEach(Self.ids(requests), client: client, world: world)
                #expect(try await world.admin.report()["authorizations"]["reused"].int == 0)
            }
        }
    }

    @Test("the broker is killed around the copy call, between journal and publication, and before the confirm is heard")
    func brokerKilled() async throws {
        var options = Self.options
        options.ownBroker = true
        try await World.with(options) { world in
            try await Client.with(world) { client in
                var (stops, requests) = Self.aroundTheCopy()
                for family in Family.allCases {
                    for (number, act) in ["finish", "confirm"].enumerated() {
                        let id = "\(family)-\(act)"
                        requests.append(Self.request(family, id, item: 3 + number))
                        stops.append(Stop(request: id, act: act, when: act == "finish" ? .after : .before, number: 1))
                    }
                }
                let worker = try world.startMortalWorker("worker", .hold, stops: stops)
                try await client.submit(all: requests)
                let areHeld = await eventually(within: .seconds(90)) { worker.hasReachedAll }
                #expect(areHeld)
                try await world.broker.broker.kill()
                try worker.release()
                try await world.broker.broker.resume()
                #expect(await client.waitForOutcomes(of: Self.ids(requests), within: .seconds(120)) == [])
                #expect(worker.program.isRunning)
                await worker.program.killAndWait()
                try await expectOnceEach(Self.ids(requests), client: client, world: world)
                #expect(try await world.admin.report()["authorizations"]["reused"].int == 0)
            }
        }
    }
}
