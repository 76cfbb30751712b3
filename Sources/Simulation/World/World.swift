import AMQP
import AzureEmulation
import CopyDomain
import CopyJournal
import CopyRuntime
import Synchronization

/// A simulated world: a broker, an emulated Azure, a journal, a pool of workers, and what goes wrong.
package final class World: Sendable {
    /// How long a world may take to come to rest.
    private static let patience: Duration = .seconds(4 * 3600)

    struct Member: Sendable {
        let host: Host
        let worker: Worker
        var isLeaving = false
    }

    let seed: UInt64
    let plot: Plot
    let scheduler: Scheduler
    let clock: SimulatedClock
    /// What is nobody's worker: networks, the broker, Azure, and fate.
    let process: SimulatedProcess
    let broker: SimulatedBroker
    let journal: MemoryJournal
    let azure: EmulatedAzure
    let chronicle: Chronicle
    let oracle: Oracle
    let settings: WorkerSettings
    let dice: SeededDice
    let cast = Mutex<(members: [Member], lastNumber: Int)>(([], 0))
    let blows = Mutex<(counts: [Blow: Int], open: Int)>(([:], 0))
    private let isOver = Mutex(false)
    private let ambush = Mutex<Ambush?>(nil)

    init(seed: UInt64, plot: Plot, isTraced: Bool) {
        self.seed = seed
        self.plot = plot
        scheduler = Scheduler(seed: seed)
        let clock = scheduler.clock
        self.clock = clock
        process = scheduler.process("world")
        broker = SimulatedBroker(clock: clock)
        journal = MemoryJournal(uptime: { clock.elapsed }) { Estate.noon + clock.elapsed }
        chronicle = Chronicle(isOn: isTraced, clock: clock)
        oracle = Oracle(plot.submissions, longestHold: .seconds(15 * 60), clock: clock, chronicle: chronicle)
        dice = SeededDice(seed: seed ^ 0xD1CE)
        var settings = WorkerSettings()
        settings.slots = 8
        settings.limits.importTime = .seconds(300)
        for kind in CopyKind.allCases { settings.deadlines[kind] = .seconds(2400) }
        if plot.sabotage == .pollPace { settings.pollPeriod = .milliseconds(200) }
        self.settings = settings
        var resources = Estate.sources.map { Estate.stocked($0) }
        for name in Estate.targets {
            var target = Estate.empty(name)
            let taken = DocumentSeed(id: Plot.takenID, apiVersion: "2022-08-31", docTypes: ["old"])
            target.documentModels = .listed([taken])
            target.documentClassifiers = .listed([
                DocumentSeed(id: Plot.takenID, apiVersion: "2024-11-30", docTypes: ["old"])
            ])
            resources.append(target)
        }
        azure = EmulatedAzure(
            EmulatorConfiguration(
                copy: CopySettings(seconds: plot.copySeconds, spread: 0.5, runningShare: 0.2),
                seed: seed,
                resources: resources
            ),
            clock: EmulatedClock(following: clock)
        )
        for fault in plot.faults { azure.add(fault) }
        settings.names.furnish(broker)
        broker.observe(by: oracle)
        broker.sabotage(plot.sabotage)
    }

    /// Plays a seed on this thread.
    package static func play(
        seed: UInt64,
        blows: [Blow]? = nil,
        sabotage: Sabotage? = nil,
        isTraced: Bool = false
    ) -> SeedReport {
        var plot = Plot(seed: seed, blows: blows)
        plot.sabotage = sabotage
        return World(seed: seed, plot: plot, isTraced: isTraced).play()
    }

    func play() -> SeedReport {
        let before = Estate.resources.flatMap { azure.items(of: $0) }
        let stage = Life()
        process.begin { [broker] in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await broker.runTimers() }
                await stage.wait()
                group.cancelAll()
            }
        }
        process.begin { [self] in
            await direct()
            oracle.judge(broker, azure, journal, before: before)
            stage.end()
            isOver.withLock { $0 = true }
        }
        let end = scheduler.run { isOver.withLock(\.self) }
        let simulated = clock.elapsed
        if end == .done {
            if scheduler.run(atMost: 100_000, until: { scheduler.openTasks == 0 }) != .done {
                oracle.violated(.rest, "\(scheduler.openTasks) tasks never end")
            }
        } else {
            oracle.violated(.rest, "the world is \(end) after \(scheduler.jobs) jobs; \(unrest)")
        }
        for escape in scheduler.escapes { oracle.violated(.noEscape, escape) }
        return SeedReport(
            seed: seed,
            hash: scheduler.hash,
            simulated: simulated,
            jobs: scheduler.jobs,
            requests: plot.submissions.count,
            blows: blows.withLock(\.counts),
            violations: oracle.violations,
            trace: chronicle.lines
        )
    }

    func watch(_ ambush: Ambush) {
        self.ambush.withLock { $0 = ambush }
    }

    /// Where the first worker of a world with a trap came by.
    var visits: [(place: Ambush.Place, count: Int)] { ambush.withLock(\.self)?.visits ?? [] }
    var isSprung: Bool { ambush.withLock(\.self)?.isSprung ?? false }

    // MARK: - The play

    private func direct() async {
        for _ in 0..<plot.workers { enter() }
        for submission in plot.submissions {
            clock.call(after: submission.at) { [self] in publish(submission) }
        }
        for strike in plot.strikes {
            process.begin { [self] in
                try? await clock.sleep(for: strike.at)
                await perform(strike)
            }
        }
        try? await clock.sleep(for: plot.leastTime)
        while !isAtRest, clock.elapsed < Self.patience {
            try? await clock.sleep(for: .seconds(1))
        }
        if !isAtRest { oracle.violated(.rest, "not at rest after \(clock.elapsed); \(unrest)") }
        try? await clock.sleep(for: plot.aftermath)
        await leave()
    }

    /// Everybody drains.
    private func leave() async {
        for member in cast.withLock(\.members) { drain(member) }
        let end = clock.elapsed + .seconds(60)
        while !cast.withLock(\.members.isEmpty), clock.elapsed < end { try? await clock.sleep(for: .milliseconds(100)) }
        for member in cast.withLock(\.members) {
            oracle.violated(.workerLives, "\(member.host.name) does not end its drain")
            member.host.life.end()
        }
    }

    private var isAtRest: Bool {
        blows.withLock(\.open) == 0 && settings.names.isAllSettled(on: broker) && oracle.unended.isEmpty
    }

    private var unrest: String {
        let queues = Oracle.work.sorted().map {
            "\($0) \(broker.ready(in: $0).count)+\(broker.unsettledCount(of: $0))"
        }
        return "without an outcome: \(oracle.unended.map(\.rawValue)), queues: \(queues.joined(separator: ", ")), "
            + "blows under way: \(blows.withLock(\.open)), workers: \(cast.withLock(\.members).map(\.host.name))"
    }

    private func publish(_ submission: Submission) {
        chronicle.write("asker", "\(submission.messageID): \(String(decoding: submission.body, as: UTF8.self))")
        publish(submission.body, as: submission.messageID, to: settings.names.requests)
    }

    func publish(_ body: [UInt8], as messageID: String, to queue: String) {
        var message = AMQPMessage(body: body)
        message.contentType = "application/json"
        message.deliveryMode = 2
        message.messageID = messageID
        broker.publish(OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message))
    }
}
