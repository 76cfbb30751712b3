import AMQP
import CopyContract

/// Publishes requests and, if asked to, waits for their outcomes.
package struct Submit: Sendable {
    package struct Options: Sendable {
        package var queue = "copy.requests"
        /// Wait for the outcomes, and show them in this style.
        package var wait: WaitDisplay.Style?
        /// For everything together.
        package var timeout: Duration

        package init(timeout: Duration) {
            self.timeout = timeout
        }
    }

    /// What the terminal shows; both are called from one task at a time.
    package struct Output: Sendable {
        package var print: @Sendable (String) -> Void
        package var complain: @Sendable (String) -> Void
        package var size: @Sendable () -> WaitDisplay.Size

        package init(
            print: @escaping @Sendable (String) -> Void,
            complain: @escaping @Sendable (String) -> Void,
            size: @escaping @Sendable () -> WaitDisplay.Size
        ) {
            self.print = print
            self.complain = complain
            self.size = size
        }
    }

    private let submissions: [Submission]
    private let options: Options
    private let broker: BrokerAccess
    private let output: Output

    package init(_ submissions: [Submission], _ options: Options, broker: BrokerAccess, output: Output) {
        self.submissions = submissions
        self.options = options
        self.broker = broker
        self.output = output
    }

    /// Returns when every request has its fate, or the time is over.
    package func run() async -> CommandStatus {
        let publisher = broker.publisher()
        let ids = submissions.compactMap(\.id)
        let subscriber = options.wait.map { _ in
            broker.subscriber(name: "copyctl submit --wait", routingKeys: EventFilter().routingKeys)
        }
        let clients = { @Sendable in [subscriber?.status, publisher.status].compactMap(\.self) }
        let (news, continuation) = AsyncStream.makeStream(of: News.self)
        return await withDiscardingTaskGroup(returning: CommandStatus.self) { group in
            group.addTask { await serve(continuation) { () throws(AMQPError) in try await publisher.run() } }
            group.addTask {
                guard (try? await broker.clock.sleep(for: options.timeout)) != nil else { return }
                continuation.yield(.timeIsOver(broker.trouble(clients())))
            }
            group.addTask { await broker.watchOutages(of: clients) { continuation.yield(.outage($0)) } }
            if let subscriber {
                group.addTask { await serve(continuation) { () throws(AMQPError) in try await subscriber.run() } }
                group.addTask { await receive(from: subscriber, of: Set(ids), continuation) }
                if options.wait == .live { group.addTask { await tick(continuation) } }
            } else {
                continuation.yield(.listening)
            }
            var desk = SubmitDesk(submissions, options, output)
            for await item in news {
                let toSend = desk.take(item)
                if !toSend.isEmpty {
                    group.addTask { await publish(toSend, with: publisher, continuation) }
                }
                if desk.isDone { break }
            }
            await publisher.shutDown()
            await subscriber?.shutDown()
            group.cancelAll()
            return desk.exitStatus
        }
    }

    /// What the tasks of a submission tell its desk.
    enum News: Sendable {
        /// Events that are published from now on arrive.
        case listening
        case lost(AMQPError)
        case outage(String)
        case published(Int, Publication)
        case notPublished(Int, AMQPError)
        case event(ReceivedEvent)
        case broken(AMQPError)
        case tick
        /// With the reason if there is no connection.
        case timeIsOver(String?)
    }

    private func serve(
        _ news: AsyncStream<News>.Continuation,
        _ run: () async throws(AMQPError) -> Void
    ) async {
        do {
            try await run()
        } catch {
            news.yield(.broken(error))
        }
    }

    private func receive(
        from subscriber: AMQPConsumer,
        of ids: Set<String>,
        _ news: AsyncStream<News>.Continuation
    ) async {
        let digests = Set(submissions.map(\.digest))
        for await event in subscriber.events {
            switch event {
            case .active: news.yield(.listening)
            case .lost(_, let error): news.yield(.lost(error))
            case .stopped: break
            case .delivered(let delivery):
                // Other people's events, and what is no event, are not ours to complain about.
                if let received = try? ReceivedEvent(body: delivery.message.body),
                    received.event.requestID.map(ids.contains) ?? false
                        || received.event.refusedDigest.map(digests.contains) ?? false
                {
                    news.yield(.event(received))
                }
                subscriber.settle(delivery.id, .ack)
            }
        }
    }

    private func tick(_ news: AsyncStream<News>.Continuation) async {
        while (try? await broker.clock.sleep(for: .seconds(1))) != nil { news.yield(.tick) }
    }

    /// Publishes in the order given, some at a time.
    private func publish(
        _ indexes: [Int],
        with publisher: AMQPPublisher,
        _ news: AsyncStream<News>.Continuation
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for (count, index) in indexes.enumerated() {
                if count >= 64 { await group.next() }
                let message = message(submissions[index])
                group.addTask {
                    do throws(AMQPError) {
                        news.yield(.published(index, try await publisher.publish(message)))
                    } catch {
                        news.yield(.notPublished(index, error))
                    }
                }
            }
        }
    }

    private func message(_ submission: Submission) -> OutgoingMessage {
        var message = AMQPMessage(
            body: submission.body,
            headers: AMQPTable(submission.headers.map { ($0.name, .string($0.value)) })
        )
        message.contentType = submission.contentType
        message.contentEncoding = submission.contentEncoding
        message.messageID = submission.messageID
        message.deliveryMode = 2
        message.appID = "copyctl"
        return OutgoingMessage(exchange: "", routingKey: options.queue, mandatory: true, message: message)
    }
}
