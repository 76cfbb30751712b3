import AMQP
import IOThread

extension RabbitMQConnection {
    /// Connects and logs in within the endpoint's `connectTimeout`. Whatever the resolver or the library is stuck in,
    /// the caller is answered, and what comes of it later is closed again.
    nonisolated func open(_ endpoint: AMQPEndpoint, name: String) async throws(AMQPError) {
        let answer = FirstAnswer<AMQPError?>()
        let limit = endpoint.settings.connectTimeout
        let alarm = watchdog.alarm(after: limit + .seconds(1)) { [ward] in
            answer.give(AMQPError(.unreachable, "Connecting to \(endpoint) took longer than \(limit)"))
            ward.cut()
        }
        thread.perform { [self] in
            assumeIsolated { connection in
                let failure = connection.establish(endpoint, name: name)
                if !answer.give(failure) {
                    connection.end(AMQPError(.closedByUs, "Nobody waits for the connection any more"))
                }
            }
        }
        let failure = await withTaskCancellationHandler {
            await answer.value()
        } onCancel: {
            answer.give(AMQPError(.closedByUs, "Connecting to \(endpoint) was cancelled"))
        }
        watchdog.callOff(alarm)
        if let failure { throw failure }
    }

    private func establish(_ endpoint: AMQPEndpoint, name: String) -> AMQPError? {
        let start = watchdog.now
        let limit = endpoint.settings.connectTimeout
        do throws(AMQPError) {
            let link = try BrokerLink()
            try link.connect(to: endpoint, within: limit)
            ward.watch(link.descriptor)
            let rest = limit - start.duration(to: watchdog.now)
            try link.logIn(to: endpoint, name: name, within: max(rest, .milliseconds(100)))
            ward.tick(at: watchdog.now)
            phase = .open(Session(link, now: watchdog.now))
        } catch {
            phase = .closed(error)
            ward.release()
            return error
        }
        watchdog.add(ward)
        thread.attach(
            IOPump(
                read: { [weak self] in self?.assumeIsolated { $0.readFrames() } },
                flush: { [weak self] in self?.assumeIsolated { $0.flush() } ?? .untilWoken }
            )
        )
        return nil
    }
}
