import AMQP
import Testing

extension BrokerConformance {
    static let connections = [
        BrokerCase("after close every call throws, and the events end") { bench in
            let link = try await bench.link()
            await link.close()
            await link.close()
            try await link.expectEnd(AMQPError(.closedByUs, "The connection was closed"))
            let publishing = await #expect(throws: AMQPError.self) {
                try await link.connection.publish([.sample("a", to: "q")])
            }
            let settling = await #expect(throws: AMQPError.self) { try await link.connection.settle([.ack(tag: 1)]) }
            #expect([publishing?.code, settling?.code] == [.closedByUs, .closedByUs])
        },
        BrokerCase("a connection that the broker closes says so") { bench in
            let link = try await bench.link("unwanted")
            try await bench.administration.closeConnection(named: bench.name("unwanted"))
            let error = try #require(
                try await link.next { if case .closed(let error) = $0 { error } else { nil } }
            )
            #expect(error.code == .connectionClosed)
            #expect(error.replyCode == 320)
        },
        BrokerCase("a connection that is cut is lost; its neighbour is not") { bench in
            let (link, neighbour) = (try await bench.link("cut"), try await bench.link("neighbour"))
            try await bench.administration.cutConnection(named: bench.name("cut"))
            let error = try #require(
                try await link.next { if case .closed(let error) = $0 { error } else { nil } }
            )
            #expect(error.code == .connectionLost)
            try await neighbour.connection.selectConfirms()
            await neighbour.close()
        },
        BrokerCase("an alarm is told to who publishes, who gets no answer until it is over; consumers go on") { bench in
            let queue = try await bench.quorumQueue("alarmed")
            let (consumer, publisher) = (try await bench.link("consumer"), try await bench.link("publisher"))
            try await publisher.connection.selectConfirms()
            #expect(try await publisher.publish([.sample("before", to: queue)]) == [.confirmed])
            let other = try await bench.queue("other")
            try await bench.publish([.sample("unalarmed", to: other)])
            try await bench.administration.raiseMemoryAlarm()
            // A connection is told by its next publish, not before.
            try await publisher.consume(other)
            #expect(try await publisher.delivery().id == "unalarmed")
            try await publisher.connection.publish([.sample("during", to: queue)])
            guard case .blocked(let reason) = try await publisher.event() else {
                throw BenchLink.Missing(description: "The alarm was not told")
            }
            #expect(reason.contains("memory"))
            try await consumer.consume(queue, prefetch: 1)
            let early = try await consumer.delivery()
            #expect(early.id == "before")
            try await consumer.connection.settle([.ack(tag: early.deliveryTag)])
            try await bench.administration.clearMemoryAlarm()
            guard case .unblocked = try await publisher.event() else {
                throw BenchLink.Missing(description: "The end of the alarm was not told, or a confirm came before it")
            }
            guard case .confirmed(2, _) = try await publisher.event() else {
                throw BenchLink.Missing(description: "What was published during the alarm is not confirmed")
            }
            #expect(try await consumer.delivery().id == "during")
            await publisher.close()
            await consumer.close()
        },
        BrokerCase("a login with another password is refused") { bench in
            var endpoint = bench.endpoint
            endpoint.password = { "not the password" }
            let error = await #expect(throws: AMQPError.self) {
                _ = try await bench.transport.connect(to: endpoint, name: "stranger")
            }
            #expect(error?.code == .loginRefused)
            #expect(error?.replyCode == 403)
        },
    ]
}
