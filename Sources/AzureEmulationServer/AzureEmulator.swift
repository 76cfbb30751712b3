package import AzureEmulation
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Emulated Azure AI resources in one process, each on its own port, and an admin port to steer and question them.
package final class AzureEmulator: Sendable {
    /// The cloud behind the ports.
    package let azure: EmulatedAzure
    private let host: String
    private let resources: [String]
    private let ports = Mutex<[Int: Int]>([:])

    /// The number of the admin port among the doors; resources count from 0.
    private static let adminDoor = -1

    private init(_ configuration: EmulatorConfiguration, clock: EmulatedClock) {
        azure = EmulatedAzure(configuration, clock: clock)
        host = configuration.host
        resources = configuration.resources.map(\.name)
    }

    /// Runs an emulator for as long as `body` runs; every port listens when `body` begins.
    ///
    /// - Throws: what `body` throws, or the reason why a port cannot be bound.
    package static func run<Result>(
        _ configuration: EmulatorConfiguration,
        clock: EmulatedClock = .machine(),
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

    // MARK: - Where it listens

    package var adminPort: Int {
        port(Self.adminDoor)
    }

    /// `http://host:port` of the resource of this name, or nil.
    package func endpoint(of resource: String) -> String? {
        resources.firstIndex(of: resource).map(endpoint)
    }

    /// The text of the ready file: every actual port, and the resources.
    package var readyText: String {
        desk.readyText(adminPort: adminPort)
    }

    private var desk: AdminDesk {
        AdminDesk(
            azure: azure,
            doors: { self.resources.indices.map { ResourceDoor(endpoint: self.endpoint($0), port: self.port($0)) } },
            sleep: { try await Task.sleep(for: $0) }
        )
    }

    private func endpoint(_ resource: Int) -> String {
        "http://\(host):\(port(resource))"
    }

    private func port(_ door: Int) -> Int {
        ports.withLock { $0[door] ?? 0 }
    }

    // MARK: - Servers

    private struct Door {
        let number: Int
        let port: Int
        let respond: HTTPChannelHandler.Responder
    }

    private func doors(of configuration: EmulatorConfiguration) -> [Door] {
        let admin = AdminFront(desk: desk)
        let resources = configuration.resources.enumerated().map { number, resource in
            let front = ResourceFront(name: resource.name, host: host, azure: azure)
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
        let clock = azure.clock
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
