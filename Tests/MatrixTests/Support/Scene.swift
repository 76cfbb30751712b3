import AMQP
import AzureAI
import AzureEmulation
import CopyDomain
import CopyJournal
import CopyRuntime
import Logging
import Simulation

/// A broker, a journal and an emulated Azure in virtual time, and as many workers on them as a test wants.
struct Scene: Sendable {
    static let noon = Estate.noon
    static let chosenID = "copied"

    let script: Script
    let clock: SimulatedClock
    let broker: SimulatedBroker
    let journal: MemoryJournal
    let azure: EmulatedAzure
    let log = CallLog()
    let witness = Witness()
    private let random: @Sendable () -> Double
    let settings: WorkerSettings
    let catalogue: ResourceCatalogue

    init(_ script: Script, clock: SimulatedClock, seed: UInt64 = 0) {
        self.script = script
        self.clock = clock
        broker = SimulatedBroker(clock: clock)
        journal = MemoryJournal(uptime: { clock.elapsed }) { Self.noon + clock.elapsed }
        let dice = SeededDice(seed: seed)
        random = { script.isFreeOfChance ? 0.5 : dice.roll() }
        var settings = WorkerSettings()
        settings.slots = 20
        for kind in CopyKind.allCases { settings.deadlines[kind] = script.deadline }
        self.settings = settings
        catalogue = Estate.catalogue(isRegionWrong: script.isRegionWrong)
        azure = EmulatedAzure(
            EmulatorConfiguration(
                copy: CopySettings(seconds: script.copySeconds, spread: 0, runningShare: 0.2),
                seed: seed,
                resources: Estate.resources.map { Self.configuration(of: $0, script) }
            ),
            clock: EmulatedClock(following: clock)
        )
        for fault in script.faults { azure.add(fault) }
        settings.names.furnish(broker)
    }

    func worker(_ name: String, life: Life = Life()) -> Worker {
        let clock = clock
        let budget: ResourceBudget = script.subject.family == .customVision ? .customVision : .formRecognizer
        var access: [ResourceName: AzureAI.ResourceAccess] = [:]
        for (resource, entry) in catalogue.resources {
            access[resource] = AzureAI.ResourceAccess(
                endpoint: entry.frozen.endpoint,
                key: { Secret(Estate.key(of: resource.rawValue)) },
                budget: budget
            )
        }
        let client = AzureClient(
            access: access,
            http: EmulatedHTTP(
                azure: azure,
                clock: clock,
                life: life,
                log: log,
                strike: script.strike,
                outage: script.outage
            ),
            clock: clock,
            wallClock: { Self.noon + clock.elapsed },
            logger: Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        )
        return Worker.mortal(
            name,
            life: life,
            settings: settings,
            catalogue: catalogue,
            journal: WatchedJournal(base: journal, life: life, witness: witness, clock: clock),
            azure: WitnessedAzure(base: client, witness: witness),
            statusCalls: { client.budget(of: $0)?.statusCalls },
            broker: broker,
            clock: clock,
            now: { [clock] in Self.noon + clock.elapsed },
            random: random
        )
    }

    private static func configuration(of name: String, _ script: Script) -> ResourceConfiguration {
        guard !Estate.sources.contains(name) else {
            let isEmpty = script.isSourceMissing
            return isEmpty
                ? Estate.empty(name, quirks: script.quirks) : Estate.stocked(name, quirks: script.quirks)
        }
        var resource = Estate.empty(name, quirks: script.quirks)
        guard script.isTaken else { return resource }
        let taken = DocumentSeed(id: chosenID, apiVersion: "2022-08-31", docTypes: ["old"])
        switch script.subject.kind {
        case .documentModel: resource.documentModels = .listed([taken])
        case .documentClassifier: resource.documentClassifiers = .listed([taken])
        case .visionProject: break
        }
        return resource
    }
}
