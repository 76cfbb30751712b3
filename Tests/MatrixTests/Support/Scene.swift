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
    /// 2026-11-21T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1_795_262_400_000)
    /// West is copied to east, north to south.
    static let resources = ["west", "east", "north", "south"]
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
        journal = MemoryJournal { Self.noon + clock.elapsed }
        let dice = SeededDice(seed: seed)
        random = { script.isFreeOfChance ? 0.5 : dice.roll() }
        var settings = WorkerSettings()
        settings.slots = 20
        for kind in CopyKind.allCases { settings.deadlines[kind] = script.deadline }
        self.settings = settings
        catalogue = Self.catalogue(script)
        azure = EmulatedAzure(
            EmulatorConfiguration(
                copy: CopySettings(seconds: script.copySeconds, spread: 0, runningShare: 0.2),
                seed: seed,
                resources: Self.resources.map { Self.configuration(of: $0, script) }
            ),
            clock: EmulatedClock {
                Moment(nanoseconds: (Self.noon + clock.elapsed).milliseconds * 1_000_000)
            }
        )
        for fault in script.faults { azure.add(fault) }
        settings.names.furnish(broker)
    }

    func worker(_ name: String, life: Life = Life()) -> Worker {
        let clock = clock
        let budget: ResourceBudget = script.subject.family == .customVision ? .customVision : .formRecognizer
        var access: [ResourceName: AzureAI.ResourceAccess] = [:]
        for resource in catalogue.resources.keys {
            access[resource] = AzureAI.ResourceAccess(key: { Secret("\(resource.rawValue)-key") }, budget: budget)
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
            noon: Self.noon,
            random: random
        )
    }

    // MARK: - Setting

    private static func arm(_ name: String) -> String {
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/\(name)"
    }

    private static func region(of name: String) -> String { "\(name)region" }

    private static func configuration(of name: String, _ script: Script) -> ResourceConfiguration {
        var resource = ResourceConfiguration(
            name: name,
            keys: ["\(name)-key"],
            armId: arm(name),
            region: region(of: name),
            quirks: script.quirks
        )
        if name == "west" || name == "north" {
            guard !script.isSourceMissing else { return resource }
            resource.models = .listed([ModelSeed(id: modelID, version: "v2.0")])
            resource.documentModels = .listed([DocumentSeed(id: documentID, docTypes: ["invoice", "receipt"])])
            resource.documentClassifiers = .listed([
                DocumentSeed(id: documentID, apiVersion: "2024-11-30", docTypes: ["cars", "boats"])
            ])
            resource.projects = .listed([ProjectSeed(id: projectID, name: "Pets")])
        } else if script.isTaken {
            let taken = DocumentSeed(id: chosenID, apiVersion: "2022-08-31", docTypes: ["old"])
            switch script.subject.kind {
            case .documentModel: resource.documentModels = .listed([taken])
            case .documentClassifier: resource.documentClassifiers = .listed([taken])
            case .visionProject: break
            }
        }
        return resource
    }

    private static func catalogue(_ script: Script) -> ResourceCatalogue {
        let names = resources.compactMap(ResourceName.init(rawValue:))
        let configured = names.map { name in
            ResourceCatalogue.Resource(
                frozen: FrozenResource(
                    name: name,
                    endpoint: "https://\(name.rawValue).emulated.test",
                    armID: arm(name.rawValue),
                    region: script.isRegionWrong ? "nowhere" : region(of: name.rawValue)
                ),
                apiVersions: [:],
                maxInFlight: 100,
                allowsReplacing: true
            )
        }
        return ResourceCatalogue(
            resources: Dictionary(uniqueKeysWithValues: configured.map { ($0.frozen.name, $0) }),
            routes: [
                ResourceCatalogue.Route(source: names[0], target: names[1], kinds: Set(CopyKind.allCases)),
                ResourceCatalogue.Route(source: names[2], target: names[3], kinds: Set(CopyKind.allCases)),
            ]
        )
    }

    private static let modelID = "eccc3f13-8289-4020-ba16-9f1d1374e96f"
    private static let documentID = "invoices"
    private static let projectID = "0901d86b-f227-43e0-9630-d172ccfd41e5"

    static func sourceID(of family: CopyFamily) -> String {
        switch family {
        case .formRecognizer: modelID
        case .documentIntelligence: documentID
        case .customVision: projectID
        }
    }
}
