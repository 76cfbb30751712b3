import Logging
import Synchronization

/// Keeps one client connected over a list of nodes, until it is shut down or cancelled.
final class Supervisor: Sendable {
    struct Settings: Sendable {
        var endpoints: [AMQPEndpoint]
        var connectionName: String
        var backoff: ReconnectBackoff
        var shutdownLimit: Duration
    }

    private struct State {
        var status = AMQPStatus()
        var isRunning = false
        var isServing = false
        var shutdownRequested = false
    }

    let stopwatch: Stopwatch
    let random: @Sendable () -> Double
    let logger: Logger
    private let settings: Settings
    let transport: any AMQPTransport
    private let state = Mutex(State())
    /// Rung when shutting down may have nothing left to wait for.
    private let progress = Signal()
    /// Rung for a client that wants no further connection and waits to be shut down.
    private let parked = Signal()
    private let ended = Latch()

    init(
        _ settings: Settings,
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double,
        logger: Logger
    ) {
        self.settings = settings
        self.transport = transport
        self.stopwatch = Stopwatch(clock)
        self.random = random
        var logger = logger
        logger[metadataKey: LogKey.connection] = "\(settings.connectionName)"
        self.logger = logger
    }

    // MARK: - Status

    /// Connection facts and counters; the phase is the client's to say.
    var status: AMQPStatus { state.withLock(\.status) }
    var isServing: Bool { state.withLock(\.isServing) }
    var isShuttingDown: Bool { state.withLock(\.shutdownRequested) }
    var isClosed: Bool { ended.isOpen }

    func count(_ change: (inout AMQPStatus.Counters) -> Void) {
        state.withLock { change(&$0.status.counters) }
    }

    func blocked(_ reason: String?) {
        state.withLock { $0.status.blockedReason = reason }
    }

    /// Something that a shutdown may be waiting for is done.
    func progressed() {
        progress.ring()
    }

    // MARK: - Life

    func run(_ client: some Supervised) async throws(AMQPError) {
        let mayRun = state.withLock { state in
            precondition(!state.isRunning, "run() is called once")
            state.isRunning = true
            return !state.shutdownRequested
        }
        var failure: AMQPError?
        if mayRun {
            failure = await withTaskGroup(of: AMQPError?.self) { group in
                group.addTask { await self.keepConnected(client) }
                group.addTask {
                    await self.waitForShutdown(of: client)
                    return nil
                }
                // Whoever ends first ends the other: the client by itself, or the patience with it.
                var failure: AMQPError?
                for await end in group {
                    failure = failure ?? end
                    group.cancelAll()
                }
                return failure
            }
        }
        client.closed(because: failure)
        ended.open()
        if let failure { throw failure }
    }

    /// Returns when `run()` has ended, and at the latest a little after the limit.
    func shutDown(_ client: some Supervised) async {
        let isRunning = state.withLock { state in
            state.shutdownRequested = true
            return state.isRunning
        }
        guard isRunning else {
            client.closed(because: nil)
            return ended.open()
        }
        client.shutdownRequested()
        parked.ring()
        progress.ring()
        let limit = settings.shutdownLimit * 2
        await withTaskGroup { group in
            group.addTask { await self.ended.wait() }
            group.addTask { await self.stopwatch.pause(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Returns when shutting down has nothing left to wait for, or no patience.
    private func waitForShutdown(of client: some Supervised) async {
        var deadline: Duration?
        while !Task.isCancelled {
            if isShuttingDown {
                let end = deadline ?? stopwatch.elapsed + settings.shutdownLimit
                deadline = end
                guard isServing || client.hasUnfinished, stopwatch.elapsed < end else { return }
            }
            await progress.wait(atMost: deadline.map { $0 - stopwatch.elapsed }, by: stopwatch)
        }
    }

    // MARK: - Connections

    /// Returns what only a person can mend, or `nil` when it was told to end.
    private func keepConnected(_ client: some Supervised) async -> AMQPError? {
        var nodes = NodeRotation(settings.endpoints, random: random())
        var backoff = settings.backoff
        var attempts = 0
        var hasServed = false
        while !Task.isCancelled {
            guard client.wantsConnection else {
                if isShuttingDown { return nil }
                await parked.wait()
                continue
            }
            let endpoint = nodes.next()
            attempts += 1
            let begun = stopwatch.elapsed
            do throws(AMQPError) {
                let (end, aftermath) = try await session(of: client, on: endpoint)
                hasServed = true
                backoff.ended(after: stopwatch.elapsed - begun)
                guard case .lost(let error) = end, !(isShuttingDown && !client.hasUnfinished) else { return nil }
                let wait: Duration
                switch aftermath {
                case .backOff: wait = backoff.next(random: random())
                case .comeBackSoon:
                    var fresh = settings.backoff
                    wait = fresh.next(random: random())
                }
                report(error, on: endpoint, "The connection to the broker is lost", wait: wait)
                await stopwatch.pause(for: wait)
            } catch {
                guard !Task.isCancelled else { return nil }
                state.withLock { $0.status.counters.connectFailures += 1 }
                // One node's certificate may be wrong alone; what the others say counts as well.
                if !hasServed, error.isForAPerson, error.code != .tls || attempts >= settings.endpoints.count {
                    return error
                }
                let wait = backoff.next(random: random())
                report(error, on: endpoint, "No connection to the broker", wait: wait)
                await stopwatch.pause(for: wait)
            }
        }
        return nil
    }

    /// One connection from beginning to end. Throws when it did not come to be of use.
    private func session(
        of client: some Supervised,
        on endpoint: AMQPEndpoint
    ) async throws(AMQPError) -> (SessionEnd, Aftermath) {
        let connection = try await transport.connect(to: endpoint, name: settings.connectionName)
        let epoch = state.withLock { state in
            state.status.epoch += 1
            state.status.node = endpoint.description
            state.status.counters.connections += 1
            return state.status.epoch
        }
        var end = SessionEnd.cancelled
        do throws(AMQPError) {
            try await client.prepare(connection, epoch: epoch)
        } catch {
            _ = await conclude(client, connection, epoch: epoch, end: .lost(error))
            throw error
        }
        if beginServing() {
            logger.info(
                "Connected to the broker",
                metadata: [LogKey.node: "\(endpoint)", LogKey.epoch: "\(epoch)"]
            )
            end = await client.serve(connection, epoch: epoch)
        }
        return (end, await conclude(client, connection, epoch: epoch, end: end))
    }

    /// Refused when the task was cancelled meanwhile: nothing began that would have to be finished.
    private func beginServing() -> Bool {
        guard !Task.isCancelled else { return false }
        return state.withLock { state in
            state.isServing = true
            return true
        }
    }

    private func conclude(
        _ client: some Supervised,
        _ connection: any AMQPConnection,
        epoch: UInt64,
        end: SessionEnd
    ) async -> Aftermath {
        let aftermath = client.disconnected(epoch: epoch, end: end)
        await connection.close()
        state.withLock { state in
            if case .lost(let error) = end {
                state.status.lastError = error
                if state.isServing { state.status.counters.connectionsLost += 1 }
            }
            state.isServing = false
            state.status.node = nil
            state.status.blockedReason = nil
        }
        progress.ring()
        return aftermath
    }

    private func report(_ error: AMQPError, on endpoint: AMQPEndpoint, _ what: String, wait: Duration) {
        state.withLock { $0.status.lastError = error }
        logger.log(
            level: error.isForAPerson ? .error : .warning,
            "\(what)",
            metadata: [LogKey.node: "\(endpoint)", LogKey.error: "\(error)", LogKey.wait: "\(wait)"]
        )
    }
}

extension AMQPError {
    /// Trying again will not help until somebody changes the broker, its settings or ours.
    var isForAPerson: Bool {
        switch code {
        case .loginRefused, .tls, .invalid: true
        case .channelClosed: replyCode == 403 || replyCode == 404 && !isOfAbsentNode || replyCode == 406
        case .unreachable, .timedOut, .heartbeatMissed, .connectionLost, .connectionClosed, .protocolViolation,
            .closedByUs:
            false
        }
    }

    /// What is asked for lives on a node of the cluster that is down, and is there again when the node is: "home node
    /// 'rabbit@a' of durable queue 'q' in vhost '/' is down or inaccessible".
    var isOfAbsentNode: Bool { replyCode == 404 && message.contains("is down or inaccessible") }
}
