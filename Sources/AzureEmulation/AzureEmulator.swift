import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Emulated Azure AI resources in one process, each on its own port, and an admin port to steer and question them.
package final class AzureEmulator: Sendable {
    package let clock: EmulatedClock
    private let cloud: Mutex<AzureCloud>
    let holds = HoldRoom()
    private let host: String
    private let ports = Mutex<[Int: Int]>([:])

    /// The number of the admin port among the doors; resources count from 0.
    private static let adminDoor = -1

    private init(_ configuration: EmulatorConfiguration, clock: EmulatedClock) {
        self.clock = clock
        host = configuration.host
        cloud = Mutex(AzureCloud(configuration, now: clock.now))
    }

    /// Runs an emulator for as long as `body` runs; every port listens when `body` begins.
    ///
    /// - Throws: what `body` throws, or the reason why a port cannot be bound.
    package static func run<Result>(
        _ configuration: EmulatorConfiguration,
        clock: EmulatedClock = EmulatedClock(),
        logger: Logger = Logger(label: "azure-emulator") { _ in SwiftLogNoOpLogHandler() },
        _ body: (AzureEmulator) async throws -> Result
    ) async throws -> Result {
        let emulator = AzureEmulator(configuration, clock: clock)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let (opened, opening) = AsyncStream<(door: Int, port: Int)>.makeStream()
            let doors = emulator.doors(of: configuration)
            for door in doors {
                let server = emulator.server(door, opening: opening, logger: logger)
                group.addTask {
                    // A server that cannot be bound ends the wait for the others.
                    defer { opening.finish() }
                    try await server.run()
                }
            }
            var count = 0
            for await (door, port) in opened {
                emulator.ports.withLock { $0[door] = port }
                count += 1
                if count == doors.count { break }
            }
            if count < doors.count { try await group.next() }
            let result = try await body(emulator)
            group.cancelAll()
            return result
        }
    }

    /// Asks or changes the emulated cloud; keep it short, everything else waits.
    func withCloud<Result>(_ body: (inout sending AzureCloud) throws -> sending Result) rethrows -> sending Result {
        try cloud.withLock(body)
    }

    // MARK: - Where it listens

    package var adminPort: Int {
        port(Self.adminDoor)
    }

    /// `http://host:port` of the resource of this name, or nil.
    package func endpoint(of resource: String) -> String? {
        withCloud { $0.premises.resources.firstIndex { $0.name == resource } }.map(endpoint)
    }

    func endpoint(_ resource: Int) -> String {
        "http://\(host):\(port(resource))"
    }

    func port(_ door: Int) -> Int {
        ports.withLock { $0[door] ?? 0 }
    }

    // MARK: - Servers

    private struct Door {
        let number: Int
        let port: Int
        let respond: HTTPChannelHandler.Responder
    }

    private func doors(of configuration: EmulatorConfiguration) -> [Door] {
        let admin = AdminFront(emulator: self)
        let resources = configuration.resources.enumerated().map { number, resource in
            let front = ResourceFront(resource: number, name: resource.name, host: host, emulator: self)
            return Door(number: number, port: resource.port) { request, writer, channel in
                try await front.respond(to: request, with: writer, on: channel)
            }
        }
        return resources + [
            Door(number: Self.adminDoor, port: configuration.admin.port) { request, writer, _ in
                try await admin.respond(to: request, with: writer)
            }
        ]
    }

    private func server(
        _ door: Door,
        opening: AsyncStream<(door: Int, port: Int)>.Continuation,
        logger: Logger
    ) -> any Service {
        let clock = clock
        return HTTP1Channel(
            responder: door.respond,
            configuration: .init(additionalChannelHandlers: [ArrivalStamp(clock: clock)])
        ).server(
            configuration: .init(address: .hostname(host, port: door.port), backlog: 1_024),
            onServerRunning: { channel in opening.yield((door.number, channel.localAddress?.port ?? door.port)) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
    }
}
