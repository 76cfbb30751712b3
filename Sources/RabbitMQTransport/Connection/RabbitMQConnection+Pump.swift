import AMQP
import IOThread

extension RabbitMQConnection {
    /// A flood of deliveries must not keep jobs and acknowledgements waiting.
    private static let framesPerTurn = 1024
    private static let publishesPerTurn = 256

    /// Takes in all that is there, and notices a broker that has been silent for too long.
    func readFrames() {
        guard case .open(let session) = phase else { return }
        do throws(AMQPError) {
            session.hasReadAll = false
            for _ in 0..<Self.framesPerTurn where !session.isFull {
                guard let frame = try session.link.nextFrame() else {
                    session.hasReadAll = true
                    break
                }
                try handle(session.assembly.received(frame), session)
            }
            // Everything was copied out.
            session.link.releaseBuffers()
            session.lastRead = watchdog.now
        } catch {
            end(error)
        }
    }

    /// Takes in what came before the answer to a call, and nothing that came after it.
    func readFramesAside(_ session: Session) throws(AMQPError) {
        while session.link.hasFramesAside, let frame = try session.link.nextFrame() {
            try handle(session.assembly.received(frame), session)
        }
    }

    /// Sends what the jobs of this turn left, after `readFrames` of the same turn: the library's publish never returns
    /// when the broker has been silent for two heartbeats and nobody has read since (rabbitmq.md 2.3).
    func flush() -> IOWait {
        guard case .open(let session) = phase else { return .untilWoken }
        do throws(AMQPError) {
            try sendSettlements(session)
            try sendMessages(session)
            if session.isFull { try session.showLife(at: watchdog.now) }
            try session.askAgain(at: watchdog.now)
        } catch {
            end(error)
            return .untilWoken
        }
        ward.tick(at: watchdog.now)
        guard !session.isFull else { return IOWait(limit: session.link.heartbeat / 3) }
        let hasMore = !session.outbox.isEmpty && !session.isBlocked
        if hasMore || session.link.hasInput { return .not }
        return IOWait(descriptor: session.link.descriptor, limit: session.rest(at: watchdog.now))
    }

    func sendSettlements(_ session: Session) throws(AMQPError) {
        for frame in session.ledger.flush() { try session.link.settle(frame) }
    }

    func sendMessages(_ session: Session) throws(AMQPError) {
        guard !session.isBlocked else { return }
        for _ in 0..<Self.publishesPerTurn {
            guard session.lastRead.duration(to: watchdog.now) < session.link.heartbeat / 2 else { return }
            guard let message = session.outbox.next() else { return }
            try session.link.publish(message)
        }
    }

    private func handle(_ output: ContentAssembly.Output, _ session: Session) throws(AMQPError) {
        switch output {
        case .incomplete:
            break
        case .delivered(let delivery, let message):
            guard session.delivered(delivery.deliveryTag, message.body) else {
                let tag = delivery.deliveryTag
                throw AMQPError(.protocolViolation, "The broker sent the delivery tag \(tag) out of order")
            }
            eventSink.yield(.delivered(RawDelivery(delivery, message)))
        case .returned(let returned, let message):
            eventSink.yield(.returned(ReturnedMessage(returned, message)))
        case .method(let method):
            try handle(method, session)
        }
    }

    private func handle(_ method: InboundMethod, _ session: Session) throws(AMQPError) {
        switch method {
        case .flowOK:
            session.heard(at: watchdog.now)
        case .ack(let tag, let multiple):
            session.heard(at: watchdog.now)
            eventSink.yield(.confirmed(tag: tag, multiple: multiple))
        case .nack(let tag, let multiple):
            session.heard(at: watchdog.now)
            eventSink.yield(.rejected(tag: tag, multiple: multiple))
        case .cancel(let consumerTag, let wantsAnswer):
            if wantsAnswer { try session.link.answerCancel(consumerTag: consumerTag) }
            eventSink.yield(.consumerCancelled(tag: consumerTag))
        case .blocked(let reason):
            session.isBlocked = true
            eventSink.yield(.blocked(reason: reason))
        case .unblocked:
            session.isBlocked = false
            eventSink.yield(.unblocked)
        case .channelClose:
            session.link.answerChannelClose()
        case .connectionClose:
            session.link.answerConnectionClose()
        case .deliver, .return, .other:
            // The assembly keeps these.
            break
        }
        if let error = method.closeError() { throw error }
    }
}

extension RawDelivery {
    fileprivate init(_ delivery: InboundMethod.Delivery, _ message: AMQPMessage) {
        self.init(
            consumerTag: delivery.consumerTag,
            deliveryTag: delivery.deliveryTag,
            redelivered: delivery.redelivered,
            exchange: delivery.exchange,
            routingKey: delivery.routingKey,
            message: message
        )
    }
}

extension ReturnedMessage {
    fileprivate init(_ returned: InboundMethod.Return, _ message: AMQPMessage) {
        self.init(
            code: returned.code,
            text: returned.text,
            exchange: returned.exchange,
            routingKey: returned.routingKey,
            message: message
        )
    }
}
