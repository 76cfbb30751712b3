import AMQP
import AMQPDoubles
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Logging
import Testing

/// A broker, an Azure and a journal in virtual time, and as many workers on them as a test wants.
struct Stage: Sendable {
    /// 2026-11-21T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1_795_262_400_000)

    let clock: TestClock
    let broker: FakeBroker
    let journal: MemoryJournal
    let azure: TinyAzure
    let witness = Witness()
    let isJournalAway = Shared(false)
    /// It does what it is asked, and does not answer.
    let isJournalMute = Shared(false)
    let dice: SeededDice
    var settings = WorkerSettings()
    var catalogue: ResourceCatalogue

    init(
        clock: TestClock,
        seed: UInt64 = 0,
        copyTime: Duration = .seconds(3),
        maxInFlight: Int = 100,
        faults: @escaping @Sendable (CopyCall, RequestID) -> TinyAzure.Fault? = { _, _ in nil },
        permitDelay: @escaping @Sendable (CopyCall) -> Duration = Self.noDelay
    ) {
        self.clock = clock
        broker = FakeBroker(clock: clock)
        journal = MemoryJournal { Self.noon + clock.elapsed }
        azure = TinyAzure(clock: clock, permitDelay: permitDelay, copyTime: copyTime, faults: faults)
        dice = SeededDice(seed: seed)
        catalogue = Self.catalogue(maxInFlight: maxInFlight)
        settings.slots = 20
        broker.declare(settings.names.topology(.declare))
        broker.declare(
            Topology(
                mode: .declare,
                queues: [QueueDeclaration(name: "results"), QueueDeclaration(name: "watched")],
                bindings: [
                    Binding(queue: "results", exchange: settings.names.results, routingKey: "#"),
                    Binding(queue: "watched", exchange: settings.names.progress, routingKey: "#"),
                ]
            )
        )
    }

    static let noDelay: @Sendable (CopyCall) -> Duration = { _ in .zero }

    static func catalogue(maxInFlight: Int) -> ResourceCatalogue {
        let names = ["source-1", "source-2", "target-1", "target-2"].compactMap(ResourceName.init(rawValue:))
        let resources = names.map { name in
            let frozen = FrozenResource(
                name: name,
                endpoint: "https://\(name.rawValue).test",
                armID: "/\(name.rawValue)",
                region: "westus2"
            )
            return ResourceCatalogue.Resource(
                frozen: frozen,
                apiVersions: [
                    .documentModel: .formRecognizer2_1, .documentClassifier: .documentIntelligence4_0,
                    .visionProject: .customVision3_3,
                ],
                maxInFlight: maxInFlight
            )
        }
        let routes = names.prefix(2).flatMap { source in
            names.suffix(2).map { ResourceCatalogue.Route(source: source, target: $0, kinds: Set(CopyKind.allCases)) }
        }
        return ResourceCatalogue(
            resources: Dictionary(uniqueKeysWithValues: resources.map { ($0.frozen.name, $0) }),
            routes: Set(routes)
        )
    }

    func worker(_ name: String, life: Life = Life()) -> Worker {
        let clock = clock
        let dice = dice
        let endpoint = AMQPEndpoint(
            host: "node",
            port: 5672,
            virtualHost: "/",
            user: "guest",
            password: { "secret" },
            tls: nil,
            settings: ConnectionSettings()
        )
        let topology = settings.names.topology(.off)
        let transport = MortalTransport(base: broker, life: life)
        let quiet = Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        return Worker(
            settings: settings,
            catalogue: catalogue,
            owner: OwnerID(rawValue: name),
            journal: WatchedJournal(
                base: journal,
                life: life,
                witness: witness,
                clock: clock,
                isAway: isJournalAway,
                isMute: isJournalMute
            ),
            azure: AzureDoor(azure: azure, life: life, witness: witness),
            statusCalls: { _ in nil },
            consumer: AMQPConsumer(
                AMQPConsumerSettings(
                    endpoints: [endpoint],
                    connectionName: "\(name) consumer",
                    topology: topology,
                    queues: Worker.queues(of: settings)
                ),
                transport: transport,
                clock: clock,
                random: dice.roll,
                logger: quiet
            ),
            publisher: AMQPPublisher(
                AMQPPublisherSettings(
                    endpoints: [endpoint],
                    connectionName: "\(name) publisher",
                    topology: topology
                ),
                transport: transport,
                clock: clock,
                random: dice.roll,
                logger: quiet
            ),
            surroundings: Surroundings(
                clock: clock,
                uptime: { clock.elapsed },
                now: { Self.noon + clock.elapsed },
                suspensionClock: { UInt64(clock.elapsed.wholeMilliseconds) * 1_000_000 },
                random: { min(dice.roll(), 0.999) }
            ),
            logger: quiet
        )
    }
}
