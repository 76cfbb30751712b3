import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("Requests that kill their workers")
struct ConvictionTests {
    /// Runs one worker after the other, a new one whenever one has died, until so many results are there.
    /// - Returns: how many died.
    /// - Parameter notes: gets what the workers' status notes every second.
    private func pool(
        _ stage: Stage,
        results: Int,
        killing: [Duration] = [],
        notes: Shared<Set<String>> = Shared([])
    ) async -> Int {
        let deaths = Shared(0)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await stage.broker.runTimers() }
            group.addTask {
                while !Task.isCancelled {
                    let life = Life()
                    let name = "worker-\(deaths.withLock { $0 })"
                    let worker = stage.worker(name, life: life)
                    await withTaskGroup(of: Void.self) { inner in
                        inner.addTask { await stage.live(worker, name, life) }
                        inner.addTask {
                            while (try? await stage.clock.sleep(for: .seconds(1))) != nil {
                                let seen = worker.status.notes
                                notes.withLock { $0.formUnion(seen) }
                            }
                        }
                        if let moment = killing.first(where: { $0 > stage.clock.elapsed }) {
                            inner.addTask {
                                guard (try? await stage.clock.sleep(for: moment - stage.clock.elapsed)) != nil else {
                                    return
                                }
                                life.end()
                            }
                        }
                        await inner.next()
                        inner.cancelAll()
                    }
                    if life.isOver { deaths.withLock { $0 += 1 } }
                }
            }
            await stage.settled(results: results, atMost: .seconds(6 * 3600))
            group.cancelAll()
        }
        return deaths.withLock { $0 }
    }

    @Test("one of twenty is convicted after eight deaths; its neighbours succeed, each with one target")
    func killer() async throws {
        for seed in 0..<3 as Range<UInt64> {
            try await VirtualTime.run(seed: seed) { clock in
                var stage = Stage(clock: clock, seed: seed, copyTime: .seconds(30))
                stage.deadly = ["killer"]
                let play = stage
                for number in 0..<20 {
                    play.publish(play.request(number == 7 ? "killer" : "r-\(number)", deadline: "2026-11-22T12:00:00Z"))
                }
                let deaths = await pool(play, results: 20)
                #expect(deaths == 8)
                let neighbours = (0..<20).filter { $0 != 7 }.map { "r-\($0)" }
                play.check(neighbours + ["killer"])
                #expect(play.results.count { $0.id.hasSuffix("#succeeded") } == 19)
                #expect(play.outcomes(of: "killer").map(\.id) == ["killer#1#failed"])
                let body = play.outcomes(of: "killer").first.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
                #expect(body.contains(#""worker_killed""#))
            }
        }
    }

    @Test("three honest deaths of a worker convict nobody")
    func honestDeaths() async throws {
        for seed in 0..<3 as Range<UInt64> {
            try await VirtualTime.run(seed: seed) { clock in
                var alone = Stage(clock: clock, seed: seed, copyTime: .seconds(150))
                let (logger, lines) = LogBook.logger()
                alone.logger = logger
                let stage = alone
                for number in 0..<20 { stage.publish(stage.request("r-\(number)", deadline: "2026-11-22T12:00:00Z")) }
                let moments: [Duration] = [.seconds(20), .seconds(45), .seconds(70)]
                let deaths = await pool(stage, results: 20, killing: moments)
                #expect(deaths == 3)
                #expect(lines().contains { $0.contains("it runs with few of its like beside it") })
                #expect(lines().contains { $0.hasPrefix("notice a request has lived for 30 s since") })
                stage.check((0..<20).map { "r-\($0)" })
                #expect(stage.results.allSatisfy { $0.id.hasSuffix("#succeeded") })
            }
        }
    }

    @Test("two of a hundred and twenty are convicted; the others end, each with one target")
    func amongMany() async throws {
        try await VirtualTime.run(seed: 7) { clock in
            var stage = Stage(clock: clock, seed: 7, copyTime: .seconds(300), maxInFlight: 1000)
            stage.settings.slots = 40
            stage.settings.pollPeriod = .seconds(20)
            let killers = ["r-7", "r-90"]
            stage.deadly = Set(killers)
            let play = stage
            let ids = (0..<120).map { "r-\($0)" }
            for id in ids { play.publish(play.request(id, deadline: "2026-11-22T12:00:00Z")) }
            let deaths = await pool(play, results: ids.count)
            #expect(deaths <= 16)
            play.check(ids)
            let failed = play.results.map(\.id).filter { $0.hasSuffix("#failed") }
            #expect(Set(failed) == Set(killers.map { "\($0)#1#failed" }))
        }
    }

    @Test("kills convict nobody, and hold up the pool for little longer than they last", arguments: [15, 45, 180])
    func kills(gap: Int) async throws {
        let count = min(20, 1440 / gap)
        try await VirtualTime.run(seed: 3) { clock in
            var stage = Stage(clock: clock, seed: 3, copyTime: .seconds(900), maxInFlight: 1000)
            stage.settings.slots = 50
            stage.settings.pollPeriod = .seconds(30)
            let play = stage
            let ids = (0..<200).map { "r-\($0)" }
            for id in ids { play.publish(play.request(id, deadline: "2026-11-22T12:00:00Z")) }
            let deaths = await pool(play, results: ids.count, killing: (1...count).map { .seconds($0 * gap) })
            #expect(deaths == count)
            play.check(ids)
            #expect(play.results.allSatisfy { $0.id.hasSuffix("#succeeded") })
            #expect(clock.elapsed < .seconds(900 + count * gap + 1200))
        }
    }

    /// Makes a request whose owners went silent so often, the last of them so often in confinement.
    private func suspect(_ id: String, on stage: Stage, deaths: Int, alone: Int) async throws -> String {
        let text = stage.request(id, deadline: "2026-11-22T12:00:00Z")
        let content = try stage.content(of: text)
        let message = IncomingMessage(
            body: Array(text.utf8),
            contentType: "application/json",
            contentEncoding: nil,
            messageID: nil,
            headers: []
        )
        let submitted = try RequestDecoder.decode(message)
        let plan = try stage.catalogue.plan(for: submitted, settings: stage.settings, now: Stage.noon)
        for number in 0..<deaths {
            let owner = OwnerID(rawValue: "ghost-\(number)")
            let claim = try stage.journal.claim(submitted.id, content: content, plan: plan, owner: owner)
            guard case .granted(let grant) = claim else {
                Issue.record("\(claim)")
                break
            }
            if number >= deaths - alone { _ = try stage.journal.confine(grant.lease) }
            try await stage.clock.sleep(for: .seconds(11))
        }
        return text
    }

    @Test("one death alone may be chance, two are not", arguments: [0, 1, 2])
    func lone(alone: Int) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let text = try await suspect("r", on: stage, deaths: 7, alone: alone)
            try await stage.playing { _ in
                stage.publish(text)
                await stage.settled(results: 1)
            }
            stage.check(["r"])
            #expect(stage.results.map(\.id) == [alone == 2 ? "r#1#failed" : "r#1#succeeded"])
        }
    }

    @Test("while one request runs alone no other message is looked at")
    func unseen() async throws {
        try await VirtualTime.run { clock in
            var alone = Stage(clock: clock, copyTime: .seconds(60))
            let (logger, lines) = LogBook.logger()
            alone.logger = logger
            let stage = alone
            let text = try await suspect("r", on: stage, deaths: 6, alone: 0)
            try await stage.playing { workers in
                stage.publish(text)
                await stage.wait("it runs") { _ in stage.witness.diary.contains("send copy") }
                let notes = workers["anna"]?.status.notes ?? []
                #expect(notes.contains { $0.hasSuffix("runs alone; nothing else begins") })
                for queue in [stage.settings.names.requests, stage.settings.names.commands, stage.settings.names.dead] {
                    stage.publish("{", to: queue)
                }
                try await clock.sleep(for: .seconds(5))
                #expect(stage.results.isEmpty)
                await stage.wait("its trial is over", atMost: .seconds(10)) { _ in stage.results.count == 3 }
                await stage.settled(results: 4)
            }
            for line in [
                "it runs alone, and nothing else", "no request runs alone any more", "has lived for 10 s since",
            ] {
                #expect(lines().count { $0.contains(line) } == 1)
            }
            stage.check(["r"])
        }
    }

    @Test(
        "a message that kills whoever looks at it is parked unseen, one that seemed to once is looked at again",
        arguments: [0, 1]
    )
    func sight(fatalLooks: Int64) async throws {
        let convictions = Shared(0)
        let (logger, lines) = LogBook.logger()
        for last in 1...30 {
            try await VirtualTime.run(seed: UInt64(last)) { clock in
                var told = Stage(clock: clock, seed: UInt64(last))
                told.logger = logger
                let stage = told
                let life = Life(last: last)
                let first = stage.worker("anna", life: life)
                let second = stage.worker("bert")
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await stage.broker.runTimers() }
                    group.addTask { await stage.live(first, "anna", life) }
                    stage.publish(stage.request("r")) {
                        $0.headers["x-copy-deaths"] = .integer(3)
                        $0.headers["x-copy-fatal-looks"] = .integer(fatalLooks)
                    }
                    stage.publish(stage.request("neighbour"))
                    await stage.wait("it dies, or all is done") { _ in
                        life.isOver || stage.isAllSettled && stage.results.count == 2
                    }
                    group.addTask { await stage.live(second, "bert") }
                    await stage.settled(results: 2)
                    await second.drain()
                    life.end()
                    await group.next()
                    await group.next()
                    group.cancelAll()
                }
                stage.check(["neighbour"])
                if stage.results.contains(where: { $0.id.hasPrefix("unknown#rejected#") }) {
                    convictions.withLock { $0 += 1 }
                    let codes = stage.broker.ready(in: stage.settings.names.parking).map {
                        $0.headers["x-copy-reason-code"]?.text
                    }
                    #expect(codes == ["poison_message"])
                } else {
                    stage.check(["r"])
                }
            }
        }
        #expect((fatalLooks == 1 ? 1..<15 : 0..<1).contains(convictions.withLock { $0 }))
        let isLookedAtAgain = lines().contains { $0.hasPrefix("warning") && $0.contains("it is looked at once more") }
        #expect(isLookedAtAgain == (fatalLooks == 0))
    }

    @Test("a message that came back too often goes on as a new one, which remembers it", arguments: [10, 19, 4_000])
    func renewed(count: Int64) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r")) { $0.headers["x-delivery-count"] = .integer(count) }
                await stage.settled(results: 1)
            }
            stage.check(["r"])
            let renewed = stage.broker.record.accepted.filter { $0.routingKey == stage.settings.names.requests }
            #expect(renewed.compactMap { $0.message.headers["x-copy-deaths"]?.number } == [count])
            #expect(renewed.allSatisfy { $0.message.headers["x-delivery-count"] == nil })
        }
    }
}
