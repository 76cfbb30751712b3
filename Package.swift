// swift-tools-version: 6.2
import PackageDescription

// FLOORS=lower leaves out every target above the second floor, and with them NIO, GRDB and librabbitmq:
// the machines, the ports and the engine then build and are tested in about a minute.
// FLOORS=fuzzing has the fuzzer and what it feeds, and no tests (Tests/fuzz).
let floors = Context.environment["FLOORS"]
let lowerFloorsOnly = floors == "lower"
let fuzzing = floors == "fuzzing"

// MARK: - Dependencies

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let lowerDependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
]

let configurationDependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
]

let upperDependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
]

// MARK: - Targets, floor by floor

let ground: [Target] = [
    .target(name: "CopyDomain"),
    .target(name: "CopyContract", dependencies: ["CopyDomain", crypto]),
]

let firstFloor: [Target] = [
    .target(name: "AMQP", dependencies: [logging]),
    .target(name: "AzureAI", dependencies: ["CopyDomain", logging]),
    .target(name: "CopyJournal", dependencies: ["CopyDomain"]),
]

let secondFloor: [Target] = [
    .target(
        name: "CopyRuntime",
        dependencies: ["CopyDomain", "CopyContract", "AMQP", "AzureAI", "CopyJournal", logging]
    ),
    .target(
        name: "CommandLineClient",
        dependencies: ["CopyDomain", "CopyContract", "AMQP", "CopyJournal", logging]
    ),
]

let cellar: [Target] = [
    .systemLibrary(name: "CRabbitMQ", pkgConfig: "librabbitmq", providers: [.apt(["librabbitmq-dev"])]),
    .systemLibrary(name: "CIOThread"),
    .target(name: "IOThread", dependencies: ["CIOThread"]),
]

let panes: [Target] = [
    .target(name: "RabbitMQTransport", dependencies: ["AMQP", "IOThread", "CRabbitMQ"]),
    .target(
        name: "AzureHTTP",
        dependencies: ["AzureAI", "CopyDomain", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL]
    ),
    .target(name: "JournalSQLite", dependencies: ["CopyJournal", "CopyDomain", grdb]),
    .target(name: "Observability", dependencies: [hummingbird, hummingbirdCore, nioCore, logging]),
    .target(
        name: "WorkerConfiguration",
        dependencies: [
            "CopyDomain", "CopyContract", "AMQP", "AzureAI", "CopyJournal", "CopyRuntime", configuration, yams,
        ]
    ),
]

let roof: [Target] = [
    .target(
        name: "WorkerHouse",
        dependencies: [
            "CopyDomain", "CopyContract", "AMQP", "AzureAI", "CopyJournal", "CopyRuntime", "RabbitMQTransport",
            "AzureHTTP", "JournalSQLite", "Observability", "WorkerConfiguration", logging, serviceLifecycle,
            unixSignals,
        ]
    ),
    // Beside what it imports, what a value of WorkerConfiguration is made of: an incremental build carries a change of
    // layout only as far as the modules that name its module here.
    .executableTarget(
        name: "copy-worker",
        dependencies: [
            "WorkerHouse", "WorkerConfiguration", "CopyRuntime", "CopyDomain", "CopyContract", "AMQP", "AzureAI",
            "CopyJournal", argumentParser, logging,
        ]
    ),
    .executableTarget(
        name: "copyctl",
        dependencies: [
            "CommandLineClient", "CopyDomain", "CopyContract", "AMQP", "CopyJournal", "CopyRuntime",
            "RabbitMQTransport",
            "JournalSQLite", "WorkerConfiguration", argumentParser, logging,
        ]
    ),
]

let lowerWorkshop: [Target] = [
    .target(name: "AzureEmulation"),
    .target(
        name: "Simulation",
        dependencies: [
            "CopyRuntime", "CopyDomain", "CopyContract", "AMQP", "AzureAI", "AzureEmulation", "CopyJournal", logging,
        ]
    ),
    .executableTarget(name: "copy-simulator", dependencies: ["Simulation", "CopyDomain", argumentParser]),
]

let upperWorkshop: [Target] = [
    .target(
        name: "AzureEmulationServer",
        dependencies: [
            "AzureEmulation", hummingbird, hummingbirdCore, hummingbirdTLS, nioCore, nioPosix, nioSSL, logging,
            serviceLifecycle,
        ]
    ),
    .executableTarget(
        name: "azure-emulator",
        dependencies: ["AzureEmulation", "AzureEmulationServer", argumentParser, logging]
    ),
]

let lowerTests: [Target] = [
    .target(name: "JournalConformance", dependencies: ["CopyJournal", "CopyDomain"], path: "Tests/JournalConformance"),
    .testTarget(name: "CopyDomainTests", dependencies: ["CopyDomain"]),
    .testTarget(name: "CopyContractTests", dependencies: ["CopyContract", "CopyDomain"]),
    .target(name: "BrokerConformance", dependencies: ["AMQP"], path: "Tests/BrokerConformance"),
    .testTarget(name: "AMQPTests", dependencies: ["AMQP", "Simulation", logging]),
    .testTarget(name: "SimulationBrokerTests", dependencies: ["AMQP", "Simulation", "BrokerConformance"]),
    .testTarget(name: "AzureAITests", dependencies: ["AzureAI", "CopyDomain", logging]),
    .target(name: "EmulationSupport", dependencies: ["AzureEmulation"], path: "Tests/EmulationSupport"),
    .testTarget(name: "AzureEmulationTests", dependencies: ["AzureEmulation", "EmulationSupport"]),
    .testTarget(name: "CopyJournalTests", dependencies: ["CopyJournal", "CopyDomain", "JournalConformance"]),
    .testTarget(
        name: "CopyRuntimeTests",
        dependencies: [
            "CopyRuntime", "CopyDomain", "CopyContract", "AMQP", "Simulation", "AzureAI", "CopyJournal",
            logging,
        ]
    ),
    .testTarget(
        name: "MatrixTests",
        dependencies: [
            "CopyRuntime", "CopyDomain", "CopyContract", "AMQP", "Simulation", "AzureAI", "AzureEmulation",
            "CopyJournal", logging,
        ]
    ),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation", "CopyDomain", "copy-simulator"]),
    .testTarget(
        name: "RecordingTests",
        dependencies: ["CopyDomain", "CopyContract", "AzureAI", logging],
        exclude: ["Recordings"]
    ),
    .testTarget(
        name: "CommandLineClientTests",
        dependencies: ["CommandLineClient", "CopyDomain", "CopyContract", "AMQP", "CopyJournal", "Simulation", logging]
    ),
]

let upperTests: [Target] = [
    .target(name: "BrokerSupport", path: "Tests/BrokerSupport"),
    // The worker with stops in its ports: no product, and nothing of it is in one.
    .executableTarget(
        name: "mortal-worker",
        dependencies: [
            "WorkerHouse", "WorkerConfiguration", "CopyRuntime", "CopyContract", "AMQP", "AzureAI", "CopyDomain",
            "CopyJournal", argumentParser, logging,
        ],
        path: "Tests/MortalWorker"
    ),
    .testTarget(name: "IOThreadTests", dependencies: ["IOThread"]),
    .testTarget(
        name: "AzureHTTPTests",
        dependencies: ["AzureHTTP", "AzureAI", "CopyDomain", nioCore, nioHTTP1, nioPosix, nioSSL]
    ),
    .testTarget(
        name: "JournalSQLiteTests",
        dependencies: ["JournalSQLite", "CopyJournal", "CopyDomain", "JournalConformance", grdb]
    ),
    .testTarget(
        name: "AzureEmulationServerTests",
        dependencies: [
            "AzureEmulation", "AzureEmulationServer", "EmulationSupport", asyncHTTPClient, nioCore, nioHTTP1, nioPosix,
            nioSSL,
        ]
    ),
    .testTarget(
        name: "ObservabilityTests",
        dependencies: ["Observability", "CopyDomain", asyncHTTPClient, nioCore, nioHTTP1, logging]
    ),
    .testTarget(
        name: "WorkerConfigurationTests",
        dependencies: ["WorkerConfiguration", "CopyRuntime", "CopyDomain", "AMQP", "AzureAI"]
    ),
    .testTarget(
        name: "BrokerTests",
        dependencies: ["RabbitMQTransport", "AMQP", "BrokerConformance", "BrokerSupport", logging]
    ),
    .testTarget(
        name: "EndToEndTests",
        dependencies: [
            "CopyDomain", "CopyContract", "CopyRuntime", "AMQP", "RabbitMQTransport", "CopyJournal", "JournalSQLite",
            "BrokerSupport", "EmulationSupport", "copy-worker", "mortal-worker", "copyctl", "azure-emulator",
            asyncHTTPClient, nioCore,
            nioHTTP1,
            logging,
        ]
    ),
]

let fuzzers: [Target] = [
    .executableTarget(
        name: "Fuzzing",
        dependencies: [
            "CopyDomain", "CopyContract", "AMQP", "AzureAI", "CopyJournal", "CopyRuntime", "RabbitMQTransport",
            "CRabbitMQ", "WorkerConfiguration", logging,
        ],
        path: "Tests/Fuzzing",
        exclude: ["Corpus", "Dictionary"]
    )
]

// MARK: - Package

let fuzzedPanes = panes.filter { ["RabbitMQTransport", "WorkerConfiguration"].contains($0.name) }
let lowerTargets = ground + firstFloor + secondFloor + lowerWorkshop + lowerTests
let upperTargets = cellar + panes + roof + upperWorkshop + upperTests

let package = Package(
    name: "azure-copy-worker",
    products: lowerFloorsOnly || fuzzing
        ? []
        : [
            .executable(name: "copy-worker", targets: ["copy-worker"]),
            .executable(name: "copyctl", targets: ["copyctl"]),
            .executable(name: "azure-emulator", targets: ["azure-emulator"]),
        ],
    dependencies: lowerFloorsOnly
        ? lowerDependencies
        : lowerDependencies + configurationDependencies + (fuzzing ? [] : upperDependencies),
    targets: lowerFloorsOnly
        ? lowerTargets
        : fuzzing
            ? ground + firstFloor + secondFloor + cellar + fuzzedPanes + fuzzers
            : lowerTargets + upperTargets
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
