import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("Campaign")
struct CampaignTests {
    private enum Blow: CaseIterable {
        case death, connections, journal, drain
    }

    @Test(
        "three workers, eight requests, deaths, lost answers, broken connections: what must hold holds",
        arguments: 0..<200
    )
    func seeds(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let faults = SeededDice(seed: seed ^ 0xFA17)
            let stage = Stage(clock: clock, seed: seed) { call, _ in
                switch faults.roll() {
                case ..<0.04: call.hasSideEffect ? .lostAfter : .slow(.seconds(5))
                case ..<0.07: .lostBefore
                case ..<0.10: .throttled(.seconds(3))
                default: nil
                }
            }
            var plot = SeededRandom(seed: seed)
            let ids = (0..<8).map { "r-\($0)" }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await stage.broker.runTimers() }
                var cast: [(worker: Worker, life: Life)] = []
                func enter() {
                    let name = "worker-\(cast.count)"
                    let life = Life()
                    let worker = stage.worker(name, life: life)
                    cast.append((worker, life))
                    group.addTask { await stage.live(worker, name, life) }
                }
                for _ in 0..<3 { enter() }
                for (number, id) in ids.enumerated() {
                    let request = stage.request(
                        id,
                        kind: CopyKind.allCases[number % 3],
                        source: "source-\(number % 3 % 2 + 1)",
                        item: "item-\(number % 3)"
                    )
                    for _ in 0..<(number % 4 == 0 ? 2 : 1) { stage.publish(request) }
                }
                for _ in 0..<6 {
                    try? await clock.sleep(for: .milliseconds(Int.random(in: 50...4000, using: &plot)))
                    switch Blow.allCases.randomElement(using: &plot) ?? .death {
                    case .death:
                        cast.filter { !$0.life.isOver }.randomElement(using: &plot)?.life.end()
                        enter()
                    case .drain:
                        await cast.filter { !$0.life.isOver }.randomElement(using: &plot)?.worker.drain()
                        enter()
                    case .connections:
                        stage.broker.dropConnections()
                    case .journal:
                        stage.isJournalAway.withLock { $0 = true }
                        try? await clock.sleep(for: .milliseconds(Int.random(in: 50...15000, using: &plot)))
                        stage.isJournalAway.withLock { $0 = false }
                    }
                }
                await stage.wait("all end") { _ in
                    stage.isAllSettled && ids.allSatisfy { !stage.outcomes(of: $0).isEmpty }
                }
                for member in cast { member.life.end() }
                for _ in cast { await group.next() }
                group.cancelAll()
            }
            stage.check(ids)
        }
    }
}
