import AMQP
import BrokerSupport
import Foundation
import Logging
import RabbitMQTransport
import Synchronization
import Testing

/// The production consumer and publisher on a queue of their own, through a fault proxy, and what they went through.
final class BadDay: Sendable {
    struct Options: Sendable {
        /// Long, so that a busy machine which starves us for seconds costs nobody a connection.
        var heartbeat = Duration.seconds(15)
        var confirmTimeout: Duration?
        var mode = Topology.Mode.declare
        /// More arguments of the queue, which is a quorum queue.
        var arguments: AMQPTable = [:]
        var alternate = false
        var user = "guest"
        var password = "guest"
        /// The shortest wait before a new connection.
        var patience = Duration.milliseconds(50)

        /// For days on which one side has to miss the other.
        static var attentive: Options {
            var options = Options()
            options.heartbeat = .seconds(1)
            return options
        }
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    struct Diary {
        var deliveries: [Delivery] = []
        var lost: [AMQPError] = []
        var active = 0
        var acknowledges = true
    }

    let port: UInt16
    /// Absent in a process that only knows its port.
    private let ownBroker: PrivateBroker?
    let proxy: FaultProxy
    let name: String
    let consumer: AMQPConsumer
    let publisher: AMQPPublisher
    let diary = Mutex(Diary())
    let ends = Mutex<[String: AMQPError?]>([:])

    var broker: PrivateBroker { get throws { try #require(ownBroker) } }
    var queue: String { "\(name).queue" }
    var exchange: String { "\(name).exchange" }
    var consumerName: String { "\(name).consumer" }
    var publisherName: String { "\(name).publisher" }

    /// Runs a body once both clients are at work.
    static func with(
        _ name: String,
        on broker: PrivateBroker,
        _ options: Options = Options(),
        _ body: (BadDay) async throws -> Void
    ) async throws {
        try await with(name, on: broker.port, of: broker, options, body)
    }

    static func with(
        _ name: String,
        on port: UInt16,
        of broker: PrivateBroker? = nil,
        _ options: Options = Options(),
        _ body: (BadDay) async throws -> Void
    ) async throws {
        let day = try BadDay(fresh(name), on: port, of: broker, options)
        defer { day.proxy.stop() }
        if options.mode != .declare { try await day.topology(.declare, options).establish(by: .plain(port: port)) }
        try await day.run(body)
    }

    private init(_ name: String, on port: UInt16, of broker: PrivateBroker?, _ options: Options) throws {
        self.port = port
        ownBroker = broker
        self.name = name
        proxy = try FaultProxy(to: port, readingFrames: true)
        let endpoint = AMQPEndpoint.plain(
            port: proxy.port,
            user: options.user,
            password: options.password,
            heartbeat: options.heartbeat,
            callTimeout: options.heartbeat * 2,
            connectTimeout: options.heartbeat * 2
        )
        let backoff = ReconnectBackoff(least: options.patience, most: options.patience * 8)
        let logger = Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        let topology = Self.topology(name, options.mode, options)
        consumer = AMQPConsumer(
            AMQPConsumerSettings(
                endpoints: [endpoint],
                connectionName: "\(name).consumer",
                topology: topology,
                queues: [ConsumedQueue(.named("\(name).queue"), prefetch: 10)],
                backoff: backoff,
                shutdownLimit: .seconds(10)
            ),
            transport: transport,
            clock: ContinuousClock(),
            random: { Double.random(in: 0..<1) },
            logger: logger
        )
        publisher = AMQPPublisher(
            AMQPPublisherSettings(
                endpoints: [endpoint],
                connectionName: "\(name).publisher",
                topology: topology,
                confirmTimeout: options.confirmTimeout,
                backoff: backoff,
                shutdownLimit: .seconds(10)
            ),
            transport: transport,
            clock: ContinuousClock(),
            random: { Double.random(in: 0..<1) },
            logger: logger
        )
    }

    func topology(_ mode: Topology.Mode, _ options: Options = Options()) -> Topology {
        Self.topology(name, mode, options)
    }

    private static func topology(_ name: String, _ mode: Topology.Mode, _ options: Options) -> Topology {
        var arguments = options.arguments
        arguments["x-queue-type"] = arguments["x-queue-type"] ?? .string("quorum")
        var topology = Topology(
            mode: mode,
            exchanges: [ExchangeDeclaration(name: "\(name).exchange", type: "topic")],
            queues: [QueueDeclaration(name: "\(name).queue", arguments: arguments)],
            bindings: [Binding(queue: "\(name).queue", exchange: "\(name).exchange", routingKey: "copy.#")]
        )
        if options.alternate {
            let alternate = "\(name).unrouted"
            topology.exchanges = [
                ExchangeDeclaration(name: alternate, type: "fanout"),
                ExchangeDeclaration(
                    name: "\(name).exchange",
                    type: "topic",
                    arguments: ["alternate-exchange": .string(alternate)]
                ),
            ]
            topology.queues.append(QueueDeclaration(name: alternate))
            topology.bindings.append(Binding(queue: alternate, exchange: alternate, routingKey: ""))
        }
        return topology
    }

    private func run(_ body: (BadDay) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await self.keepEnd(of: "consumer") { () throws(AMQPError) in try await self.consumer.run() }
            }
            group.addTask {
                await self.keepEnd(of: "publisher") { () throws(AMQPError) in try await self.publisher.run() }
            }
            group.addTask { await self.keepDiary() }
            do {
                try await until("both clients at work") { $0.isAtWork }
                try await body(self)
            } catch {
                group.cancelAll()
                throw error
            }
            await publisher.shutDown()
            await consumer.shutDown()
            try await group.waitForAll()
        }
        #expect(ends.withLock { $0.values.allSatisfy { $0 == nil } }, "a client gave up while it ran")
    }

    private func keepEnd(of client: String, _ run: () async throws(AMQPError) -> Void) async {
        var end: AMQPError?
        do throws(AMQPError) { try await run() } catch { end = error }
        ends.withLock { $0[client] = .some(end) }
    }

    private func keepDiary() async {
        for await event in consumer.events {
            switch event {
            case .active: diary.withLock { $0.active += 1 }
            case .delivered(let delivery):
                let acknowledges = diary.withLock { diary in
                    diary.deliveries.append(delivery)
                    return diary.acknowledges
                }
                if acknowledges { consumer.settle(delivery.id, .ack) }
            case .lost(_, let error): diary.withLock { $0.lost.append(error) }
            case .stopped: break
            }
        }
    }
}
