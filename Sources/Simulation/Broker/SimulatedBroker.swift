package import AMQP
import Synchronization

/// A small broker in memory that behaves like RabbitMQ where this project looks, with faults to order.
///
/// Exchanges (default, topic, direct, fanout, alternate), queues, bindings, prefetch in turn, requeue to the old place
/// with `x-delivery-count`, delivery limit, dead-lettering, TTL (while `runTimers()` runs), `reject-publish`, mandatory
/// returns, confirms, one channel per connection that closes as RabbitMQ's would.
package final class SimulatedBroker: AMQPTransport {
    /// Where a connection is lost: before the broker took the message, or after that and before its confirm.
    package enum Moment: Hashable, Sendable {
        case before, after
    }

    package let clock: any Clock<Duration>
    let elapsed: @Sendable () -> Duration
    let state = Mutex(BrokerState())
    private let waiters = Mutex<(last: Int, list: [Waiter])>((0, []))
    private let timers: AsyncStream<Duration>
    private let newTimers: AsyncStream<Duration>.Continuation

    private struct Waiter {
        let number: Int
        let condition: @Sendable (SimulatedBroker) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    package init(clock: any Clock<Duration> = SimulatedClock()) {
        self.clock = clock
        elapsed = Self.reader(of: clock)
        (timers, newTimers) = AsyncStream.makeStream()
    }

    private static func reader<C: Clock<Duration>>(of clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }

    /// Lets messages expire; runs until its task is cancelled.
    package func runTimers() async {
        await withDiscardingTaskGroup { group in
            for await wait in timers {
                group.addTask {
                    try? await self.clock.sleep(for: wait)
                    self.change { state in
                        let work = state.laterWork
                        state.laterWork = []
                        for body in work { body(&state) }
                        state.expire(at: self.elapsed())
                    }
                }
            }
        }
    }

    /// Returns as soon as the condition holds, or when the task is cancelled.
    package func wait(until condition: @escaping @Sendable (SimulatedBroker) -> Bool) async {
        let number = waiters.withLock { waiters in
            waiters.last += 1
            return waiters.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = waiters.withLock { waiters in
                    guard !Task.isCancelled else { return true }
                    waiters.list.append(Waiter(number: number, condition: condition, continuation: continuation))
                    return false
                }
                if isCancelled { continuation.resume() } else { wakeWaiters() }
            }
        } onCancel: {
            take { $0.number == number }.first?.continuation.resume()
        }
    }

    @discardableResult
    func change<Value: Sendable>(_ body: (inout BrokerState) -> Value) -> Value {
        let (value, timers) = state.withLock { state in
            let value = body(&state)
            if !state.laterWork.isEmpty { state.newTimers.append(.milliseconds(300)) }
            defer { state.newTimers = [] }
            return (value, state.newTimers)
        }
        for timer in timers { newTimers.yield(timer) }
        wakeWaiters()
        return value
    }

    private func wakeWaiters() {
        let list = waiters.withLock(\.list)
        for waiter in list where waiter.condition(self) {
            // Another change may have woken it meanwhile.
            take { $0.number == waiter.number }.first?.continuation.resume()
        }
    }

    private func take(where condition: (Waiter) -> Bool) -> [Waiter] {
        waiters.withLock { waiters in
            let taken = waiters.list.filter(condition)
            waiters.list.removeAll(where: condition)
            return taken
        }
    }

    // MARK: - AMQPTransport

    package func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection {
        await Task.yield()
        let node = "\(endpoint.host):\(endpoint.port)"
        let now = elapsed()
        let (refusal, isUnresponsive) = change { state -> (AMQPError?, Bool) in
            if state.faults.cuts(name) { return (nil, true) }
            state.record.attempts.append(BrokerRecord.Attempt(at: now, node: node, name: name))
            if state.faults.allDown || state.faults.downNodes.contains(node) {
                return (AMQPError(.unreachable, "Nobody listens at \(node)"), false)
            }
            if !state.faults.refusals.isEmpty { return (state.faults.refusals.removeFirst(), false) }
            return (nil, state.faults.unresponsive)
        }
        if let refusal { throw refusal }
        try logIn(to: endpoint)
        if isUnresponsive {
            try? await clock.sleep(for: endpoint.settings.connectTimeout)
            throw AMQPError(.timedOut, "\(node) does not answer")
        }
        let (events, continuation) = AsyncStream<AMQPEvent>.makeStream()
        let id = change { state in
            state.lastConnection += 1
            state.links[state.lastConnection] = BrokerState.Link(
                name: name,
                node: node,
                user: endpoint.user,
                events: continuation,
                ledger: AckLedger(epoch: UInt64(state.lastConnection))
            )
            return state.lastConnection
        }
        return SimulatedConnection(id: id, broker: self, events: events, callTimeout: endpoint.settings.callTimeout)
    }

    private func logIn(to endpoint: AMQPEndpoint) throws(AMQPError) {
        guard let password = state.withLock({ $0.passwords[endpoint.user] }) else { return }
        guard (try? endpoint.password()) == password else {
            throw AMQPError(
                .loginRefused,
                "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.",
                replyCode: 403
            )
        }
    }
}
