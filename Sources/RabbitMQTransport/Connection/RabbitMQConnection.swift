package import AMQP
import IOThread

/// One connection to a broker. Its executor is the thread that owns the library's state.
package actor RabbitMQConnection {
    enum Phase {
        /// Can transition to: `open`, `closed`.
        case unopened
        /// Can transition to: `closed`.
        case open(Session)
        case closed(AMQPError)
    }

    nonisolated let thread: IOThread
    nonisolated let watchdog: Watchdog
    nonisolated let ward: Ward
    nonisolated let settings: ConnectionSettings
    nonisolated package let events: AsyncStream<AMQPEvent>
    let eventSink: AsyncStream<AMQPEvent>.Continuation
    var phase = Phase.unopened

    init(settings: ConnectionSettings, watchdog: Watchdog) throws(AMQPError) {
        do {
            thread = try IOThread(name: "amqp")
        } catch {
            throw AMQPError(.unreachable, "A thread for the connection cannot be started: \(error)")
        }
        self.settings = settings
        self.watchdog = watchdog
        // Calls have alarms of their own, and are not to be cut before these.
        let patience = max(settings.heartbeat * 3, settings.callTimeout + .seconds(2))
        ward = Ward(patience: patience, now: watchdog.now)
        (events, eventSink) = AsyncStream.makeStream()
    }

    isolated deinit {
        if case .open = phase { eventSink.finish() }
        watchdog.remove(ward)
        ward.release()
        thread.requestStop()
    }

    nonisolated package var unownedExecutor: UnownedSerialExecutor {
        unsafe thread.asUnownedSerialExecutor()
    }

    /// The session, or why there is none.
    func session() throws(AMQPError) -> Session {
        switch phase {
        case .unopened: throw AMQPError(.closedByUs, "The connection is not open yet")
        case .open(let session): return session
        case .closed(let error): throw error
        }
    }

    /// The connection is gone for this reason.
    func end(_ reason: AMQPError) {
        guard case .open(let session) = phase else { return }
        var reason = reason
        if ward.isCut, reason.code != .closedByUs {
            reason = AMQPError(.timedOut, "The connection was cut, as the broker took or answered nothing in time")
        }
        if reason.code == .channelClosed {
            // Without connection.close the broker may drop what it has not read yet.
            session.link.close(within: .seconds(2))
        }
        phase = .closed(reason)
        thread.attach(nil)
        watchdog.remove(ward)
        ward.release()
        eventSink.yield(.closed(reason))
        eventSink.finish()
    }
}
