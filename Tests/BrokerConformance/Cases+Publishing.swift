import AMQP
import Testing

extension BrokerConformance {
    static let publishing = [
        BrokerCase("each message is confirmed once, by tags that count from one") { bench in
            let queue = try await bench.quorumQueue("confirmed")
            let link = try await bench.link()
            try await link.connection.selectConfirms()
            for round in 0..<3 {
                let answers = try await link.publish((0..<50).map { .sample("\(round)/\($0)", to: queue) })
                #expect(answers == Array(repeating: .confirmed, count: 50))
            }
            try await link.expectNothing(on: bench)
            await link.close()
            #expect(try await bench.drain(queue).count == 150)
        },
        BrokerCase("only a mandatory message comes back, whole, and is confirmed after that") { bench in
            let link = try await bench.link()
            try await link.connection.selectConfirms()
            let silent = OutgoingMessage.sample("a", exchange: "amq.topic", to: bench.name("x"), mandatory: false)
            #expect(try await link.publish([silent]) == [.confirmed])
            let message = OutgoingMessage.sample("b", exchange: "amq.topic", to: bench.name("x")) {
                $0.headers = ["k": .string("v"), "n": .integer(-1)]
                $0.correlationID = "c"
            }
            try await link.connection.publish([message])
            guard case .returned(let returned) = try await link.event() else {
                throw BenchLink.Missing(description: "No return before the confirm")
            }
            #expect(returned.code == 312)
            #expect(returned.text == "NO_ROUTE")
            #expect(returned.exchange == "amq.topic")
            #expect(returned.routingKey == bench.name("x"))
            #expect(returned.message == message.message)
            guard case .confirmed(2, _) = try await link.event() else {
                throw BenchLink.Missing(description: "No confirm after the return")
            }
            await link.close()
        },
        BrokerCase("without confirms a mandatory message comes back as well, and nothing is confirmed") { bench in
            let queue = try await bench.queue("unconfirmed")
            let link = try await bench.link()
            try await link.connection.publish([.sample("a", to: queue), .sample("b", to: queue + ".other")])
            guard case .returned(let returned) = try await link.event() else {
                throw BenchLink.Missing(description: "No return")
            }
            #expect(returned.message.messageID == "b")
            try await link.expectNothing(on: bench)
            await link.close()
            #expect(try await bench.drain(queue) == ["a"])
        },
        BrokerCase("an exchange that is not there closes the channel with 404; what went before it has arrived") {
            bench in
            let queue = try await bench.queue("before")
            let link = try await bench.link()
            try await link.connection.publish([
                .sample("a", to: queue), .sample("b", exchange: bench.name("none"), to: queue),
                .sample("c", to: queue),
            ])
            let error = try #require(
                try await link.next { if case .closed(let error) = $0 { error } else { nil } }
            )
            #expect(error.code == .channelClosed)
            #expect(error.replyCode == 404)
            #expect(error.message.contains(bench.name("none")))
            #expect(try await bench.drain(queue) == ["a"])
        },
        BrokerCase("a foreign user-id closes the channel with 406, one's own does not") { bench in
            let queue = try await bench.queue("users")
            let own = OutgoingMessage.sample("own", to: queue) { $0.userID = bench.endpoint.user }
            #expect(try await bench.publish([own]) == [.confirmed])
            let link = try await bench.link()
            try await link.connection.publish([.sample("foreign", to: queue) { $0.userID = "somebody-else" }])
            let error = try #require(
                try await link.next { if case .closed(let error) = $0 { error } else { nil } }
            )
            #expect(error.code == .channelClosed)
            #expect(error.replyCode == 406)
            #expect(try await bench.drain(queue) == ["own"])
        },
        BrokerCase("properties, headers and body arrive as they were sent", types: ["classic", "quorum"]) {
            bench,
            type in
            let queue = try await bench.queue("properties", ["x-queue-type": .string(type)])
            let sent = OutgoingMessage.sample("all", to: queue) { message in
                message.body = (0..<70_000).map { UInt8(truncatingIfNeeded: $0) }
                message.contentType = "application/json"
                message.contentEncoding = "identity"
                message.priority = 3
                message.correlationID = "correlation"
                message.replyTo = "amq.rabbitmq.reply"
                message.timestamp = 1_763_726_400
                message.type = "type"
                message.userID = bench.endpoint.user
                message.appID = "app"
                message.headers = [
                    "text": .string("Grüße"), "flag": .boolean(true), "number": .integer(-5), "none": .void,
                    "nested": .table(["list": .array([.integer(1), .string("two")])]),
                ]
            }
            let link = try await bench.link()
            try await link.consume(queue)
            try await bench.publish([sent])
            let delivery = try await link.delivery()
            #expect(delivery.message == sent.message)
            #expect(delivery.exchange == "")
            #expect(delivery.routingKey == queue)
            #expect(!delivery.redelivered)
            await link.close()
        },
    ]
}

extension BrokerCase {
    /// The same demand on queues of a type.
    init(
        _ description: String,
        types: [String],
        run: @escaping @Sendable (BrokerBench, _ type: String) async throws -> Void
    ) {
        self.init(description) { bench in for type in types { try await run(bench.apart(type), type) } }
    }
}
