import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Logging
import Simulation
import Testing

/// A broker, an Azure and a journal in virtual time, and as many workers on them as a test wants.
struct Stage: Sendable {
    /// 2026-11-21T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1_795_262_400_000)

    let clock: SimulatedClock
    let broker: SimulatedBroker
    let journal: MemoryJournal
    let azure: TinyAzure
    let witness = Witness()
    let isJournalAway = Shared(false)
    /// It does what it is asked, and does not answer.
    let isJournalMute = Shared(false)
    let dice: SeededDice
    /// Requests that kill their worker as soon as they want to call.
    var deadly: Set<String> = []
    /// What the workers say; `nil`: nobody reads it.
    var logger: Logger?
    var settings = WorkerSettings()
    var catalogue: ResourceCatalogue

    init(
        clock: SimulatedClock,
        seed: UInt64 = 0,
        copyTime: Duration = .seconds(3),
        maxInFlight: Int = 100,
        faults: @escaping @Sendable (CopyCall, RequestID) -> TinyAzure.Fault? = { _, _ in nil },
        permitDelay: @escaping @Sendable (CopyCall) -> Duration = Self.noDelay
    ) {
        self.clock = clock
        broker = SimulatedBroker(clock: clock)
        journal = MemoryJournal { Self.noon + clock.elapsed }
        azure = TinyAzure(clock: clock, permitDelay: permitDelay, copyTime: copyTime, faults: faults)
        dice = SeededDice(seed: seed)
        catalogue = Self.catalogue(maxInFlight: maxInFlight)
        settings.slots = 20
        settings.names.furnish(broker)
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

    /// - Parameter isCutOff: from the journal, this worker alone.
    func worker(_ name: String, life: Life = Life(), isCutOff: Shared<Bool>? = nil) -> Worker {
        Worker.mortal(
            name,
            life: life,
            settings: settings,
            catalogue: catalogue,
            journal: WatchedJournal(
                base: journal,
                life: life,
                witness: witness,
                clock: clock,
                isAway: isCutOff ?? isJournalAway,
                isMute: isJournalMute
            ),
            azure: AzureDoor(azure: azure, life: life, witness: witness, deadly: deadly),
            broker: broker,
            clock: clock,
            now: { [clock] in Self.noon + clock.elapsed },
            random: dice.roll,
            logger: logger
        )
    }
}
