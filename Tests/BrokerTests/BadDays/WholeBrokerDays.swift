import AMQP
import BrokerSupport
import Glibc
import RabbitMQTransport
import Testing

/// What happens to a whole node, which is one of its own. Serialized: one disaster at a time.
@Suite("Bad days of a whole broker", .serialized)
struct WholeBrokerDays {
    private static let start = Task { try await PrivateBroker.start() }

    @Test(
        "a memory alarm of 20 seconds: publishing waits and says so, acknowledging goes on",
        .timeLimit(.minutes(3))
    )
    func memoryAlarm() async throws {
        var options = BadDay.Options()
        options.confirmTimeout = .seconds(3)
        try await BadDay.with("alarm", on: try await Self.start.value, options) { day in
            day.hold()
            for number in 0..<5 { try await day.roundTrip("held \(number)") }
            try await day.broker.raiseMemoryAlarm()
            let publications = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<50 { group.addTask { try await day.publish("\(number)") } }
                    try await group.waitForAll()
                }
            }
            try await day.until("word of the alarm") { $0.publisher.status.blockedReason != nil }
            #expect(day.publisher.status.blockedReason?.contains("memory") == true)
            for delivery in day.deliveries { day.consumer.settle(delivery.id, .ack) }
            let queue = day.queue
            try await day.until("the acknowledgements") {
                // A quorum queue's figures follow every few seconds; nothing of the alarm's is among them.
                try await $0.broker.figures(of: queue).unacknowledged == 0
            }
            try await ContinuousClock().sleep(for: .seconds(20))
            #expect(day.publisher.status.outstanding == 50)
            #expect(day.publisher.status.counters.confirmTimeouts == 0)
            day.hold(false)
            try await day.broker.clearMemoryAlarm()
            try await publications.value
            try await day.until("all deliveries") { $0.deliveries.count == 55 }
            #expect(day.publisher.status.blockedReason == nil)
            #expect(day.publisher.status.counters.republished == 0)
            #expect(day.publisher.status.epoch == 1)
            #expect(day.consumer.status.epoch == 1)
        }
    }

    @Test("a node that is frozen is missed within seconds, and taken back when it thaws", .timeLimit(.minutes(3)))
    func frozen() async throws {
        let broker = try await Self.start.value
        let node = try await broker.processID()
        try await BadDay.with("frozen", on: broker, .attentive) { day in
            day.hold()
            try await day.roundTrip("held")
            kill(node, SIGSTOP)
            defer { kill(node, SIGCONT) }
            let publication = Task { try await day.publish("into the ice") }
            try await day.until("loss of both connections, and failures to connect") {
                $0.consumer.status.phase == .connecting && $0.publisher.status.phase == .connecting
                    && $0.consumer.status.counters.connectFailures > 0
                    && $0.publisher.status.counters.connectFailures > 0
            }
            #expect(day.losses.map(\.code) == [.heartbeatMissed])
            kill(node, SIGCONT)
            try await publication.value
            try await day.delivered("held", times: 2)
            try await day.delivered("into the ice")
        }
    }

    @Test(
        "a node that is killed and started again has everything confirmed, and we are back",
        .timeLimit(.minutes(3))
    )
    func killed() async throws {
        let broker = try await Self.start.value
        try await BadDay.with("killed", on: broker) { day in
            day.hold()
            try await day.roundTrip("held")
            day.proxy.holdConfirms()
            let publications = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<50 { group.addTask { try await day.publish("\(number)") } }
                    try await group.waitForAll()
                }
            }
            try await day.until("confirms in the proxy") { $0.proxy.confirmsStopped > 0 }
            try await broker.settleQuorumQueues()
            try await broker.kill()
            day.proxy.releaseAfterReset()
            try await day.until("word of the loss") {
                $0.consumer.status.phase == .connecting && $0.publisher.status.phase == .connecting
            }
            day.hold(false)
            try await broker.resume()
            try await publications.value
            try await day.until("all deliveries") { day in
                day.deliveries(of: "held").count >= 2
                    && (0..<50).allSatisfy { !day.deliveries(of: "\($0)").isEmpty }
            }
            #expect(day.isRunning)
        }
    }

    @Test("all connections are closed by rabbitmqctl, and are back", .timeLimit(.minutes(3)))
    func allClosed() async throws {
        try await BadDay.with("all-closed", on: try await Self.start.value) { day in
            day.hold()
            try await day.roundTrip("held")
            try await day.broker.control("close_all_connections", "maintenance")
            try await day.delivered("held", times: 2)
            try await day.roundTrip("afterwards")
            #expect(day.losses.map(\.code) == [.connectionClosed])
        }
    }

    @Test(
        "a delivery that is held beyond the consumer timeout comes back on a new channel",
        .timeLimit(.minutes(3))
    )
    func consumerTimeout() async throws {
        let broker = try await Self.start.value
        try await broker.setConsumerTimeout(milliseconds: 1000)
        try await BadDay.with("timeout", on: broker) { day in
            // For the next channel.
            try await broker.setConsumerTimeout(milliseconds: 1_800_000)
            day.hold()
            try await day.roundTrip("held")
            let name = day.consumerName
            try await day.until("the end of the broker's patience") { day in
                if day.losses.isEmpty { try? await broker.checkConsumerTimeout(on: name) }
                return !day.losses.isEmpty
            }
            #expect(day.losses.map(\.replyCode) == [406])
            #expect(day.losses.first?.message.contains("timed out") == true)
            try await day.delivered("held", times: 2)
            #expect(day.deliveries(of: "held").last?.redelivered == true)
            #expect(day.publisher.status.epoch == 1)
        }
    }
}
