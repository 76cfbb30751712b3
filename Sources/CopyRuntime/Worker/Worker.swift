package import AMQP
package import AzureAI
package import CopyDomain
package import CopyJournal
package import Logging

/// The engine: takes requests from the broker, runs them over Azure, publishes their outcomes.
///
/// Everything runs in child tasks of ``run()``. ``drain()`` ends it in order; cancelling the task of `run()` is what a
/// sudden death is, except that memory is freed.
package final class Worker: Sendable {
    /// After the calls have had their time, publications and journal writes get this much more.
    private static let lastEffects: Duration = .seconds(10)

    private let settings: WorkerSettings
    private let surroundings: Surroundings
    private let consumer: AMQPConsumer
    private let publisher: AMQPPublisher
    private let intake: Intake
    private let liveness: Liveness
    private let pulse: Pulse
    private let lane: LoneLane
    private let watch: JournalWatch
    private let janitor: Janitor
    private let timetable: PollTimetable
    private let feed: ProgressFeed
    private let calls = Shield()
    private let effects = Shield()
    private let troubles = Troubles()
    private let slots: Slots
    private let registry = RunRegistry()
    private let health: ResourceHealth
    private let stuck: StuckRequests
    private let drainBegun = Signal()
    /// Ends the wait for the journal.
    private let waitsNoLonger = Signal()
    /// Rung when the journal is the pool's, or the worker drains: before, nothing is consumed.
    private let mayConsume = Signal()
    private let logger: Logger

    /// - Parameters:
    ///   - consumer: of the request, resume, dead and command queues (``queues(of:)``).
    ///   - owner: unique to this process, for ever.
    package init(
        settings: WorkerSettings,
        catalogue: ResourceCatalogue,
        owner: OwnerID,
        journal: any Journal,
        azure: any AzureCalling,
        statusCalls: @escaping @Sendable (ResourceName) -> Double?,
        consumer: AMQPConsumer,
        publisher: AMQPPublisher,
        surroundings: Surroundings,
        logger: Logger
    ) {
        self.settings = settings
        self.surroundings = surroundings
        self.consumer = consumer
        self.publisher = publisher
        self.logger = logger
        slots = Slots(count: settings.slots)
        timetable = PollTimetable(
            period: settings.pollPeriod,
            statusCalls: statusCalls,
            surroundings: surroundings
        )
        feed = ProgressFeed(publisher: publisher, surroundings: surroundings)
        let keeper = JournalKeeper(
            journal: journal,
            shield: effects,
            surroundings: surroundings,
            troubles: troubles,
            logger: logger
        )
        let health = ResourceHealth(limits: Vitals.Limits(), uptime: surroundings.uptime) { [registry] resource in
            registry.ask(naming: resource, .handBack(.resourcePaused(resource)))
        }
        self.health = health
        stuck = StuckRequests(uptime: surroundings.uptime)
        lane = LoneLane(at: surroundings.uptime())
        let engine = Engine(
            settings: settings,
            surroundings: surroundings,
            journal: keeper,
            azure: azure,
            calls: calls,
            timetable: timetable,
            health: health,
            events: Events(settings: settings, now: surroundings.now),
            feed: feed,
            logger: logger
        )
        let pendingReleases = PendingReleases()
        let gate = IntakeGate()
        let shared = SharedJournal()
        let outbox = Outbox(
            publisher: publisher,
            shield: effects,
            surroundings: surroundings,
            troubles: troubles,
            gate: gate,
            feed: feed,
            redeclaration: Redeclaration(publisher: publisher, surroundings: surroundings, logger: logger),
            names: settings.names,
            journal: shared,
            replyToPatterns: settings.replyToPatterns,
            logger: logger
        )
        watch = JournalWatch(
            agreement: JournalAgreement(register: publisher.register(settings.names.journal), journal: journal),
            shared: shared,
            surroundings: surroundings,
            troubles: troubles,
            names: settings.names,
            period: settings.generationPeriod,
            gate: gate,
            logger: logger
        )
        intake = Intake(
            engine: engine,
            catalogue: catalogue,
            consumer: consumer,
            outbox: outbox,
            watch: watch,
            registry: registry,
            pendingReleases: pendingReleases,
            slots: slots,
            gate: gate,
            load: ResourceLoad { catalogue.resources[$0]?.maxInFlight ?? .max },
            holds: HoldWatch(limit: settings.holdLimit, spread: settings.holdSpread, surroundings: surroundings),
            examinations: Slots(count: 1),
            lane: lane,
            dock: Dock(places: settings.slots),
            owner: owner,
            currentEpoch: CurrentEpoch(),
            stuck: stuck,
            logger: logger
        )
        pulse = Pulse(uptime: surroundings.uptime)
        liveness = Liveness(
            owner: owner,
            journal: keeper,
            period: settings.livenessPeriod,
            registry: registry,
            pendingReleases: pendingReleases,
            pulse: pulse
        )
        janitor = Janitor(
            owner: owner,
            engine: engine,
            catalogue: catalogue,
            watch: watch,
            search: Search(engine: engine, outbox: outbox, gate: gate, slots: slots) {
                consumer.status.phase == .active
            }
        )
    }

    /// What the consumer of a worker has to consume. The prefetch is constant: the slots, and a few more so that a
    /// free slot does not wait for the broker.
    package static func queues(of settings: WorkerSettings) -> [ConsumedQueue] {
        let prefetch = UInt16(clamping: settings.slots + max(8, settings.slots / 10))
        return [
            ConsumedQueue(.named(settings.names.resume), prefetch: prefetch),
            ConsumedQueue(.named(settings.names.requests), prefetch: prefetch),
            ConsumedQueue(.named(settings.names.dead), prefetch: 16),
            ConsumedQueue(.named(settings.names.commands), prefetch: 16),
        ]
    }

    /// Works until drained.
    /// - Throws: what only a person can mend: refused login, a topology that differs.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Ended.self) { group in
            group.addTask { [calls] in
                await calls.run(); return .part
            }
            group.addTask { [effects] in
                await effects.run(); return .part
            }
            group.addTask { [timetable] in
                await timetable.run(); return .part
            }
            group.addTask { [feed] in
                await feed.run(); return .part
            }
            group.addTask { [liveness] in
                await liveness.run(); return .part
            }
            group.addTask { [publisher] in
                try await publisher.run(); return .part
            }
            group.addTask { [consumer, mayConsume] in
                await mayConsume.wait()
                try await consumer.run(); return .part
            }
            group.addTask {
                await self.boundDrain(); return .part
            }
            group.addTask {
                // Registered before the first claim: an owner that nobody has heard of holds nothing.
                await self.liveness.begin()
                await self.agree()
                self.mayConsume.ring()
                await self.work()
                await self.leave()
                return .everything
            }
            while let ended = try await group.next() {
                if ended == .everything { group.cancelAll() }
            }
        }
    }

    private enum Ended {
        case part, everything
    }

    /// Takes no more requests, lets running calls end, hands everything back; then ``run()`` returns.
    package func drain() async {
        guard troubles.set(.drain, "the worker is draining") else { return }
        logger.notice("draining: no more requests are taken, running ones are handed back")
        drainBegun.ring()
        waitsNoLonger.ring()
        await consumer.stopConsuming()
    }

    /// Why the process had better be started anew; `nil`: it is alive. What is away outside does not count.
    package var standstill: String? {
        pulse.silence.map { "the engine has not turned for \($0.inSeconds)" }
    }

    package var status: WorkerStatus {
        var reasons = troubles.all
        reasons += [("consumer", consumer.status), ("publisher", publisher.status)].compactMap { name, status in
            status.trouble.map { "\(name): \($0)" }
        }
        return WorkerStatus(
            reasons: reasons,
            notes: health.notes
                + [lane.runner].compactMap { runner in
                    runner.map { "the request \($0.rawValue) runs alone; nothing else begins" }
                } + stuck.notes,
            running: registry.count,
            waiting: slots.waiting,
            slots: slots.count
        )
    }

    /// Lets go of calls, and then of everything else, that a drain has waited for long enough.
    private func boundDrain() async {
        await drainBegun.wait()
        guard (try? await surroundings.sleep(settings.drainCalls)) != nil else { return }
        calls.abandon()
        guard (try? await surroundings.sleep(Self.lastEffects)) != nil else { return }
        effects.abandon()
    }

    /// Waits until the journal is the one that the workers of the queue share, or the worker drains.
    private func agree() async {
        await withTaskGroup(of: Void.self) { [watch, waitsNoLonger] group in
            group.addTask { await watch.agree() }
            group.addTask { await waitsNoLonger.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Takes what comes until the worker drains.
    private func work() async {
        await withTaskGroup(of: Void.self) { [janitor, watch] group in
            group.addTask { await janitor.run() }
            group.addTask { await watch.run() }
            await intake.run()
            group.cancelAll()
        }
    }

    private func leave() async {
        // At once: every run has ended and is settled, and none of these waits for another.
        await withTaskGroup(of: Void.self) { [watch, feed, publisher, consumer] group in
            // Without a broker it would only be waited for.
            if publisher.status.phase == .active { group.addTask { await watch.conclude() } }
            group.addTask {
                await feed.close()
                await publisher.shutDown()
            }
            group.addTask { await consumer.shutDown() }
        }
        await intake.retire()
        calls.close()
        effects.close()
        logger.notice("drained")
    }
}
