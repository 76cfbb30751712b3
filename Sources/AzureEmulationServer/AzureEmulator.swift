package import AzureEmulation
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization

/// Emulated Azure AI resources in one process, each on its own port, and an admin port to steer and question them.
package final class AzureEmulator: Sendable {
    /// The cloud behind the ports.
    package let azure: EmulatedAzure
    private let host: String
    private let resources: [String]
    /// What resources and the token endpoint prove themselves with; nil is plain http.
    private let tls: TLSConfiguration?
    private let hasDirectory: Bool
    private let ports = Mutex<[Int: Int]>([:])

    /// The numbers of the other doors; those of resources count from 0.
    private static let adminDoor = -1
    private static let entraDoor = -2
    private static let identityDoor = -3

    private init(_ configuration: EmulatorConfiguration, clock: EmulatedClock) throws {
        tls = try configuration.tls?.tlsConfiguration()
        hasDirectory = configuration.entra != nil
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
        let emulator = try AzureEmulator(configuration, clock: clock)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let (opened, opening) = AsyncStream<(door: Int, port: Int)>.makeStream()
            let doors = emulator.doors(of: configuration)
            for door in doors {
                let server = try emulator.server(door, opening: opening, logger: logger)
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

    /// `scheme://host:port` of the resource of this name, or nil.
    package func endpoint(of resource: String) -> String? {
        resources.firstIndex(of: resource).map { "\(scheme)://\(host):\(port($0))" }
    }

    /// Where tokens are had; nil without a directory.
    package var directory: DirectoryDoors? {
        guard hasDirectory else { return nil }
        return DirectoryDoors(
            endpoint: "\(scheme)://\(host):\(port(Self.entraDoor))",
            identityEndpoint: "http://\(host):\(port(Self.identityDoor))"
        )
    }

    /// The text of the ready file: every actual port, the resources, and the directory if there is one.
    package var readyText: String {
        desk.readyText(adminPort: adminPort, directory: directory)
    }

    private var scheme: String {
        tls == nil ? "http" : "https"
    }

    private var desk: AdminDesk {
        AdminDesk(
            azure: azure,
            doors: {
                self.resources.enumerated().map { number, name in
                    ResourceDoor(endpoint: self.endpoint(of: name) ?? "", port: self.port(number))
                }
            },
            sleep: { try await Task.sleep(for: $0) }
        )
    }

    private func port(_ door: Int) -> Int {
        ports.withLock { $0[door] ?? 0 }
    }

    // MARK: - Servers

    private struct Door {
        let number: Int
        let port: Int
        var tls: TLSConfiguration?
        let respond: HTTPChannelHandler.Responder
    }

    private func doors(of configuration: EmulatorConfiguration) -> [Door] {
        let admin = AdminFront(desk: desk)
        var doors = configuration.resources.enumerated().map { number, resource in
            door(number, resource.name, port: resource.port, tls: tls)
        }
        if let entra = configuration.entra {
            doors.append(door(Self.entraDoor, EntraConfiguration.doorName, port: entra.port, tls: tls))
            doors.append(door(Self.identityDoor, EntraConfiguration.identityDoorName, port: entra.identityPort))
        }
        doors.append(
            Door(number: Self.adminDoor, port: configuration.admin.port) { request, writer, _ in
                try await admin.respond(to: request, with: writer)
            }
        )
        return doors
    }

    private func door(_ number: Int, _ name: String, port: Int, tls: TLSConfiguration? = nil) -> Door {
        let front = ResourceFront(name: name, scheme: tls == nil ? "http" : "https", host: host, azure: azure)
        return Door(number: number, port: port, tls: tls) { request, writer, channel in
            try await front.respond(to: request, with: writer, on: channel)
        }
    }

    private func server(
        _ door: Door,
        opening: AsyncStream<(door: Int, port: Int)>.Continuation,
        logger: Logger
    ) throws -> any Service {
        let clock = azure.clock
        let plain = HTTP1Channel(
            responder: door.respond,
            configuration: .init(additionalChannelHandlers: [ArrivalStamp(clock: clock)])
        )
        let channel: any ServerChildChannel =
            if let tls = door.tls { try TLSChannel(plain, tlsConfiguration: tls) } else { plain }
        return channel.server(
            configuration: .init(address: .hostname(host, port: door.port), backlog: 1_024),
            onServerRunning: { channel in opening.yield((door.number, channel.localAddress?.port ?? door.port)) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
    }
}
