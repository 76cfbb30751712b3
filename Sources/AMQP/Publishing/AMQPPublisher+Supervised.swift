import Logging
import Synchronization

extension AMQPPublisher: Supervised {
    var wantsConnection: Bool { true }
    var hasUnfinished: Bool { state.withLock { !$0.backlog.isEmpty } }

    func prepare(_ connection: any AMQPConnection, epoch: UInt64) async throws(AMQPError) {
        try await settings.topology.establish(on: connection)
        try await connection.selectConfirms()
    }

    func serve(_ connection: any AMQPConnection, epoch: UInt64) async -> SessionEnd {
        state.withLock { $0.isConnected = true }
        return await withTaskGroup(of: SessionTaskEnd.self) { group in
            group.addTask { await self.receive(from: connection) }
            group.addTask { await self.write(to: connection) }
            group.addTask { await self.watchConfirms() }
            return await group.sessionEnd(on: connection)
        }
    }

    func disconnected(epoch: UInt64, end: SessionEnd) -> Aftermath {
        let error: AMQPError? = if case .lost(let error) = end { error } else { nil }
        let now = supervisor.stopwatch.elapsed
        let verdict = state.withLock { state in
            state.isConnected = false
            return state.backlog.disconnected(because: error, at: now, random: supervisor.random)
        }
        switch verdict {
        case .blameless:
            return .backOff
        case .suspects:
            return .comeBackSoon
        case .convicted(let conviction, let answer):
            report(conviction)
            resume(answer.map { [$0] } ?? [])
            return .comeBackSoon
        }
    }

    func shutdownRequested() {
        refuse(because: AMQPError(.closedByUs, "The publisher is shutting down"))
        writable.ring()
    }

    func closed(because error: AMQPError?) {
        let why = error.map { ", because it could not start: \($0.message)" } ?? ""
        refuse(because: AMQPError(.closedByUs, "The publisher is closed\(why)"))
        abandon()
    }

    private func report(_ conviction: PublishBacklog.Conviction) {
        let next = conviction.wait.map { "it is tried again after \($0)" } ?? "it is given up"
        supervisor.logger.error(
            "The connection ended because of a message; \(next), the others go on",
            metadata: [
                LogKey.exchange: "\(conviction.message.exchange)",
                LogKey.routingKey: "\(conviction.message.routingKey)",
                LogKey.messageID: "\(conviction.message.message.messageID ?? "none")",
                LogKey.error: "\(conviction.error)",
            ]
        )
    }
}

// MARK: - The session's tasks

extension AMQPPublisher {
    private func write(to connection: any AMQPConnection) async -> SessionTaskEnd {
        while !Task.isCancelled {
            let now = supervisor.stopwatch.elapsed
            let (batch, again, due, isEmpty) = state.withLock { state in
                let (messages, again) = state.backlog.take(at: now)
                return (messages, again, state.backlog.nextDue, state.backlog.isEmpty)
            }
            guard !batch.isEmpty else {
                if isEmpty, supervisor.isShuttingDown { return .orderly }
                await writable.wait(atMost: due.map { $0 - now }, by: supervisor.stopwatch)
                continue
            }
            inFlightChanged.ring()
            supervisor.count {
                $0.published += batch.count
                $0.republished += again
            }
            do throws(AMQPError) {
                try await connection.publish(batch)
            } catch {
                return .failed(error)
            }
        }
        return .idle
    }

    private func receive(from connection: any AMQPConnection) async -> SessionTaskEnd {
        for await event in connection.events {
            switch event {
            case .confirmed(let tag, let multiple):
                confirmed(tag, multiple: multiple)
            case .rejected(let tag, let multiple):
                refused(tag, multiple: multiple)
            case .returned(let message):
                returned(message)
            case .blocked(let reason):
                supervisor.blocked(reason)
                supervisor.logger.warning(
                    "The broker blocks publishing until its alarm is over",
                    metadata: [LogKey.reason: "\(reason)"]
                )
                state.withLock { $0.backlog.blocked() }
                inFlightChanged.ring()
            case .unblocked:
                supervisor.blocked(nil)
                supervisor.logger.info("The broker takes messages again")
                let now = supervisor.stopwatch.elapsed
                state.withLock { $0.backlog.unblocked(at: now) }
                inFlightChanged.ring()
                writable.ring()
            case .delivered, .consumerCancelled:
                supervisor.logger.warning("The broker sent what only a consumer can be sent")
            case .closed(let error):
                return .closed(error)
            }
        }
        guard !Task.isCancelled else { return .idle }
        return .closed(AMQPError(.connectionLost, "The connection ended without saying why"))
    }

    private func confirmed(_ tag: UInt64, multiple: Bool) {
        let answers = state.withLock { $0.backlog.confirmed(tag, multiple: multiple) }
        let unroutable = answers.count { $0.result != .success(.confirmed) }
        supervisor.count {
            $0.confirmed += answers.count - unroutable
            $0.unroutable += unroutable
        }
        writable.ring()
        resume(answers)
    }

    private func refused(_ tag: UInt64, multiple: Bool) {
        let now = supervisor.stopwatch.elapsed
        let count = state.withLock { state in
            state.backlog.refused(tag, multiple: multiple, at: now, random: supervisor.random)
        }
        supervisor.count { $0.refused += count }
        supervisor.logger.warning(
            "The broker refused messages, for a full queue or an error of its own; they go again",
            metadata: [LogKey.count: "\(count)"]
        )
        writable.ring()
    }

    private func returned(_ message: ReturnedMessage) {
        guard !state.withLock({ $0.backlog.returned(message) }) else { return }
        supervisor.logger.warning(
            "The broker returned a message that is not outstanding",
            metadata: [
                LogKey.exchange: "\(message.exchange)", LogKey.routingKey: "\(message.routingKey)",
                LogKey.messageID: "\(message.message.messageID ?? "none")",
            ]
        )
    }

    /// Gives the connection up when the oldest confirm is overdue.
    private func watchConfirms() async -> SessionTaskEnd {
        while !Task.isCancelled {
            let due = state.withLock { $0.backlog.confirmDue(timeout: confirmTimeout) }
            let now = supervisor.stopwatch.elapsed
            if let due, due <= now {
                supervisor.count { $0.confirmTimeouts += 1 }
                return .failed(
                    AMQPError(.timedOut, "The broker has not confirmed a message within \(confirmTimeout)")
                )
            }
            // Whatever is confirmed or blocked meanwhile only makes this wait end too early, never too late.
            if let due {
                await supervisor.stopwatch.pause(for: due - now)
            } else {
                await inFlightChanged.wait()
            }
        }
        return .idle
    }
}
