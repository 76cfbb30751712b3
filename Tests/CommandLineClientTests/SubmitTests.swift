import AMQP
import CommandLineClient
import CopyContract
import Simulation
import Synchronization
import Testing

@Suite("Submitting and watching over a broker", .timeLimit(.minutes(1)))
struct SubmitTests {
    @Test("requests arrive persistent, under their ids, in the queue that was named", arguments: 0..<5 as Range<UInt64>)
    func publishes(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let broker = SimulatedBroker(clock: clock)
            broker.declare(Topology(mode: .declare, queues: [QueueDeclaration(name: "my.requests")]))
            let submissions = try (1...200).map { try submission(id: "r-\($0)") }
            let scene = Scene(broker, clock)
            let status = await scene.submit(submissions, to: "my.requests", wait: nil)
            #expect(status == .success)
            let messages = broker.ready(in: "my.requests")
            #expect(Set(messages.map(\.messageID)) == Set(submissions.map(\.id)))
            #expect(messages.allSatisfy { $0.deliveryMode == 2 && $0.contentType == "application/json" })
            #expect(Set(scene.printed) == Set(submissions.map { ($0.id ?? "") + "\n" }))
        }
    }

    @Test("without the queue nothing is lost silently")
    func noQueue() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(SimulatedBroker(clock: clock), clock)
            let status = await scene.submit([try submission(id: "a")], wait: nil)
            #expect(status == .rejected)
            #expect(scene.complaints.count == 1)
        }
    }

    @Test("with --wait the outcome ends it, even if it is published at the very moment of the request")
    func waits() async throws {
        for seed in 0..<20 as Range<UInt64> {
            let status = try await VirtualTime.run(seed: seed) { clock in
                let broker = Self.broker(clock)
                let scene = Scene(broker, clock)
                return try await scene.withWorker { (message: AMQPMessage) in
                    [(message.messageID == "b" ? .failed : .succeeded, message)]
                } run: {
                    await scene.submit([try submission(id: "a"), try submission(id: "b")], wait: .plain)
                }
            }
            #expect(status == .copyFailed)
        }
    }

    @Test("an outcome that was missed while the connection was down is asked for again")
    func missedOutcome() async throws {
        for seed in 0..<20 as Range<UInt64> {
            try await VirtualTime.run(seed: seed) { clock in
                let broker = Self.broker(clock)
                let scene = Scene(broker, clock)
                let answered = Mutex(0)
                let status = try await scene.withWorker { (message: AMQPMessage) in
                    let count = answered.withLock { count in
                        count += 1
                        return count
                    }
                    if count == 1 {
                        broker.dropConnections(named: "copyctl submit --wait")
                        await broker.wait { $0.consumerCount(of: "amq.gen-1") == 0 }
                    }
                    return [(.succeeded, message)]
                } run: {
                    await scene.submit([try submission(id: "a")], wait: .plain)
                }
                #expect(status == .success)
                #expect(answered.withLock { $0 } >= 2)
            }
        }
    }

    @Test("a broker that is away is waited for until the time is over")
    func brokerAway() async throws {
        try await VirtualTime.run { clock in
            let broker = Self.broker(clock)
            broker.goDown()
            let scene = Scene(broker, clock)
            let status = await scene.submit([try submission(id: "a")], wait: .plain)
            #expect(status == .unreachable)
            #expect(clock.elapsed >= .seconds(600))
            #expect(clock.elapsed < .seconds(660))
            let trouble = "cannot reach localhost:5672: Nobody listens at localhost:5672"
            #expect(
                scene.complaints == [
                    "\(trouble); trying again", "the broker did not take the requests within 600 s; \(trouble)",
                ]
            )
        }
    }

    @Test("each outage is told once, and what came of it is told as ever")
    func outages() async throws {
        try await VirtualTime.run { clock in
            let broker = Self.broker(clock)
            broker.goDown()
            let scene = Scene(broker, clock)
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    try? await Watch(EventFilter(), broker: scene.access).run(upTo: nil) { notice in
                        scene.see(notice.text)
                    }
                }
                for isDown in [false, true, false] {
                    try? await clock.sleep(for: .seconds(120))
                    if isDown { broker.goDown() } else { broker.comeBack() }
                }
                try? await clock.sleep(for: .seconds(120))
                group.cancelAll()
            }
            let once = ["outage", "watching"]
            #expect(scene.printed == once + ["lost"] + once)
        }
    }

    @Test("while another node may let us in, the broker is not out of reach")
    func otherNode() async throws {
        for seed in 0..<4 as Range<UInt64> {
            try await VirtualTime.run(seed: seed) { clock in
                let broker = Self.broker(clock)
                broker.takeDown(node: "localhost:5672")
                let scene = Scene(broker, clock, hosts: ["localhost", "other"])
                let status = await scene.submit([try submission(id: "a")], wait: nil)
                #expect(status == .success)
                #expect(scene.complaints.isEmpty)
            }
        }
    }

    @Test("wrong credentials are told at once")
    func loginRefused() async throws {
        try await VirtualTime.run { clock in
            let broker = Self.broker(clock)
            broker.refuseConnections(Array(repeating: AMQPError(.loginRefused, "ACCESS_REFUSED"), count: 4))
            let scene = Scene(broker, clock)
            let status = await scene.submit([try submission(id: "a")], wait: nil)
            #expect(status == .unreachable)
            #expect(scene.complaints.first == "ACCESS_REFUSED")
            #expect(clock.elapsed < .seconds(60))
        }
    }

    @Test("exchanges that do not exist are an error, not an endless wait")
    func noExchange() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(SimulatedBroker(clock: clock), clock)
            let status = await scene.submit([try submission(id: "a")], wait: .plain)
            #expect(status == .rejected)
            #expect(scene.complaints.first?.contains("NOT_FOUND") == true)
        }
    }

    @Test("watch shows the events that the filter lets through, and ends after so many")
    func watches() async throws {
        try await VirtualTime.run { clock in
            let broker = Self.broker(clock)
            let scene = Scene(broker, clock)
            let seen = Mutex<[String]>([])
            let filter = EventFilter(events: [.failed, .rejected])
            try await Watch(filter, broker: scene.access).run(upTo: 2) { notice in
                switch notice {
                case .watching:
                    for (event, id) in [(EventName.succeeded, "a"), (.failed, "b"), (.accepted, "c"), (.failed, "d")] {
                        guard let event = try? received(event, id: id) else { continue }
                        scene.publish(event)
                    }
                case .event(let received): seen.withLock { $0.append(received.event.requestID ?? "") }
                case .unreadable, .lost, .outage: seen.withLock { $0.append("?") }
                }
            }
            #expect(seen.withLock { $0 } == ["b", "d"])
            #expect(broker.connectionCount == 0)
        }
    }

    private static func broker(_ clock: SimulatedClock) -> SimulatedBroker {
        let broker = SimulatedBroker(clock: clock)
        broker.declare(
            Topology(
                mode: .declare,
                exchanges: ["copy.results", "copy.progress"].map { ExchangeDeclaration(name: $0, type: "topic") },
                queues: [QueueDeclaration(name: "copy.requests")]
            )
        )
        return broker
    }
}

/// A terminal before a fake broker.
private final class Scene: Sendable {
    let access: BrokerAccess
    private let broker: SimulatedBroker
    private let print = Mutex<[String]>([])
    private let complain = Mutex<[String]>([])

    init(_ broker: SimulatedBroker, _ clock: SimulatedClock, hosts: [String] = ["localhost"]) {
        self.broker = broker
        access = .simulated(broker, clock, hosts: hosts)
    }

    var printed: [String] { print.withLock { $0 } }
    var complaints: [String] { complain.withLock { $0 } }

    func see(_ notice: String) { print.withLock { $0.append(notice) } }

    func submit(
        _ submissions: [Submission],
        to queue: String = "copy.requests",
        wait: WaitDisplay.Style?
    ) async -> CommandStatus {
        var options = Submit.Options(timeout: .seconds(600))
        options.queue = queue
        options.wait = wait
        let output = Submit.Output(
            print: { text in self.print.withLock { $0.append(text) } },
            complain: { text in self.complain.withLock { $0.append(text) } },
            size: { WaitDisplay.Size(columns: 80, rows: 24) }
        )
        return await Submit(submissions, options, broker: access, output: output).run()
    }

    func publish(_ received: ReceivedEvent) {
        var message = AMQPMessage(body: Array(received.json.utf8))
        message.contentType = "application/cloudevents+json"
        broker.publish(
            OutgoingMessage(
                exchange: received.event.event.isResult ? "copy.results" : "copy.progress",
                routingKey: "copy.document-model.\(received.event.event.rawValue).east",
                mandatory: false,
                message: message
            )
        )
    }

    /// Runs something while a worker answers every request at once with the events that `answer` gives.
    func withWorker<Value: Sendable>(
        _ answer: @escaping @Sendable (AMQPMessage) async -> [(EventName, AMQPMessage)],
        run: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await self.broker.wait { !$0.ready(in: "copy.requests").isEmpty }
                    for request in self.broker.drain("copy.requests") where request.messageID != "the end" {
                        for (event, message) in await answer(request) {
                            self.publish(try received(event, id: message.messageID))
                        }
                    }
                }
            }
            let value = try await run()
            group.cancelAll()
            var end = AMQPMessage(body: [])
            end.messageID = "the end"
            self.broker.publish(
                OutgoingMessage(exchange: "", routingKey: "copy.requests", mandatory: false, message: end)
            )
            return value
        }
    }
}

extension Watch.Notice {
    fileprivate var text: String {
        switch self {
        case .watching: "watching"
        case .event: "event"
        case .unreadable: "unreadable"
        case .lost: "lost"
        case .outage: "outage"
        }
    }
}
