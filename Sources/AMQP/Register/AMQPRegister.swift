/// A small value that all clients of a broker share: the head of a queue that is made to hold one message.
///
/// RabbitMQ has no compare-and-set. But a classic queue with `x-max-length` 1 and `reject-publish` keeps the first of
/// several publications, and its exclusive consumer shuts all others out (a quorum queue does neither; seen on 3.10.8).
/// The length counts only what nobody holds, so that a second message may slip in behind the head while somebody reads:
/// therefore the head decides, never a confirm.
package struct AMQPRegister: Sendable {
    /// What follows from the contents for whoever holds the register.
    package enum Revision: Hashable, Sendable {
        case keep
        /// This is the only value from now on.
        case replace([UInt8])
    }

    /// A reader gets everything that is there at once; more is never there.
    static let prefetch: UInt16 = 100

    let queue: String
    let mode: Topology.Mode
    let endpoints: [AMQPEndpoint]
    let connectionName: String
    let transport: any AMQPTransport
    let stopwatch: Stopwatch
    let random: @Sendable () -> Double

    package init(
        queue: String,
        mode: Topology.Mode,
        endpoints: [AMQPEndpoint],
        connectionName: String,
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double
    ) {
        self.init(
            queue: queue,
            mode: mode,
            endpoints: endpoints,
            connectionName: connectionName,
            transport: transport,
            stopwatch: Stopwatch(clock),
            random: random
        )
    }

    init(
        queue: String,
        mode: Topology.Mode,
        endpoints: [AMQPEndpoint],
        connectionName: String,
        transport: any AMQPTransport,
        stopwatch: Stopwatch,
        random: @escaping @Sendable () -> Double
    ) {
        self.queue = queue
        self.mode = mode
        self.endpoints = endpoints
        self.connectionName = connectionName
        self.transport = transport
        self.stopwatch = stopwatch
        self.random = random
    }

    package static func declaration(_ queue: String) -> QueueDeclaration {
        QueueDeclaration(
            name: queue,
            arguments: [
                "x-queue-type": .string("classic"), "x-max-length": .integer(1),
                "x-overflow": .string("reject-publish"),
            ]
        )
    }

    /// Holds the register, so that nobody else reads or writes it meanwhile, and lets `decide` say what becomes of it.
    ///
    /// Bounded by `limit`, apart from what `decide` takes. A death at any moment leaves the old value as the head, with
    /// the new one behind it, or the new one alone.
    ///
    /// - Parameters:
    ///   - first: what an empty register is given before it is read.
    ///   - decide: is told the values, the head first; never none.
    /// - Throws: `.channelClosed` with 403 or 405 while another holds it.
    package func hold<Result: Sendable>(
        offering first: [UInt8],
        within limit: Duration = .seconds(10),
        _ decide: @Sendable ([[UInt8]]) async -> (Revision, Result)
    ) async throws(AMQPError) -> Result {
        var nodes = NodeRotation(endpoints, random: random())
        let connection = try await transport.connect(to: nodes.next(), name: connectionName)
        let session = RegisterSession(
            connection: connection,
            queue: queue,
            stopwatch: stopwatch,
            end: stopwatch.elapsed + limit,
            nonce: nonce()
        )
        let result = await withTaskGroup(of: Void.self) { group in
            group.addTask { await session.listen() }
            defer { group.cancelAll() }
            return await outcome { () async throws(AMQPError) -> Result in
                try await session.open(mode, offering: first)
                let values = try await session.read()
                let (revision, result) = await decide(values)
                switch revision {
                case .keep: break
                case .replace(let value): try await session.replace(with: value)
                }
                return result
            }
        }
        // What is still held goes back to its old place.
        await connection.close()
        return try result.get()
    }

    private func outcome<Value>(_ body: () async throws(AMQPError) -> Value) async -> Result<Value, AMQPError> {
        do throws(AMQPError) {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    private func nonce() -> String {
        let (high, low) = (random(), random())
        return "\(Int(high * 1e9))-\(Int(low * 1e9))-\(stopwatch.elapsed.components.attoseconds)"
    }
}

extension AMQPPublisher {
    /// A register on the same broker, with a connection of its own for as long as it is held.
    package func register(_ queue: String) -> AMQPRegister {
        AMQPRegister(
            queue: queue,
            mode: settings.topology.mode,
            endpoints: settings.endpoints,
            connectionName: settings.connectionName,
            transport: supervisor.transport,
            stopwatch: supervisor.stopwatch,
            random: supervisor.random
        )
    }
}
