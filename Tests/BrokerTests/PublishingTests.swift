import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

@Suite("Publishing")
struct PublishingTests {
    @Test("confirms stream in, one for each of a thousand messages")
    func confirms() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("confirms")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.selectConfirms()
        for batch in 0..<10 {
            try await connection.publish((0..<100).map { .text("\(batch)/\($0)", to: queue) })
        }
        try await trail.confirmed(upTo: 1000)
        let figures = try await broker.figures(of: queue) { $0.ready == 1000 }
        #expect(figures.ready == 1000)
        await connection.close()
    }

    @Test("a mandatory message that goes nowhere comes back before its confirm")
    func unroutable() async throws {
        let broker = try await PrivateBroker.steady()
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.selectConfirms()
        var message = AMQPMessage(body: Array("lost".utf8), headers: ["k": .string("v")])
        message.messageID = "m-1"
        let outgoing = OutgoingMessage(exchange: "amq.topic", routingKey: "a.b", mandatory: true, message: message)
        try await connection.publish([outgoing])
        let returned = try await trail.next("return") { event -> ReturnedMessage? in
            if case .returned(let message) = event { message } else { nil }
        }
        #expect(returned.code == 312)
        #expect(returned.exchange == "amq.topic")
        #expect(returned.routingKey == "a.b")
        #expect(returned.message == message)
        // `next` passes over what came earlier, so this confirm is after the return.
        try await trail.confirmed(upTo: 1)
        await connection.close()
    }

    @Test("an exchange that is not there closes the channel, and with it the connection")
    func missingExchange() async throws {
        let broker = try await PrivateBroker.steady()
        let (connection, trail) = try await connect(.plain(port: broker.port))
        var outgoing = OutgoingMessage.text("x", to: "k")
        outgoing.exchange = "no-such-exchange"
        try await connection.publish([outgoing])
        let error = try await trail.closed()
        #expect(error.code == .channelClosed)
        #expect(error.replyCode == 404)
        #expect(error.message.contains("no-such-exchange"))
        #expect(await BrokerTests.error { try await connection.selectConfirms() } == error)
    }

    @Test("messages that are in line when the connection is closed still arrive")
    func flushedByClose() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("flushed")
        let (connection, _) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.publish((0..<2000).map { .text("\($0)", to: queue) })
        await connection.close()
        let figures = try await broker.figures(of: queue) { $0.ready == 2000 }
        #expect(figures.ready == 2000)
    }

    @Test("a message of a mebibyte, and one of none, arrive whole", arguments: [0, 1, 131_064, 131_065, 1 << 20])
    func sizes(size: Int) async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("sizes")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        let message = AMQPMessage(body: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try await connection.publish([
            OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
        ])
        #expect(try await trail.delivery().message.body == message.body)
        await connection.close()
    }

    @Test("a body that arrives byte by byte is put together")
    func sliced() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("sliced")
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let (connection, trail) = try await connect(.plain(port: proxy.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 5, exclusive: false)
        proxy.slice()
        for number in 0..<3 { try await connection.publish("sliced \(number)", to: queue) }
        for number in 0..<3 { #expect(try await trail.delivery().text == "sliced \(number)") }
        await connection.close()
    }

    @Test("what cannot be sent is refused before the connection is harmed, and uses up no confirm tag")
    func invalid() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("invalid")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.selectConfirms()
        let long = String(repeating: "é", count: 128)
        var tooLongID = OutgoingMessage.text("x", to: queue)
        tooLongID.message.messageID = long
        var tooLongHeader = OutgoingMessage.text("x", to: queue)
        tooLongHeader.message.headers[long] = .void
        var tooMuch = OutgoingMessage.text("x", to: queue)
        tooMuch.message.headers["big"] = .string(String(repeating: "x", count: 200_000))
        var unsigned = OutgoingMessage.text("x", to: queue)
        unsigned.message.headers["n"] = .unsigned(.max)
        var deep = OutgoingMessage.text("x", to: queue)
        deep.message.headers["deep"] = (0..<100).reduce(AMQPValue.void) { value, _ in .array([value]) }
        for bad in [.text("x", to: long), tooLongID, tooLongHeader, tooMuch, unsigned, deep] {
            // The good one before it is not sent either: all or nothing.
            let error = await error { try await connection.publish([.text("good", to: queue), bad]) }
            #expect(error?.code == .invalid)
        }
        #expect(await error { try await connection.declareClassic(long) }?.code == .invalid)
        try await connection.publish("fine", to: queue)
        try await trail.confirmed(upTo: 1)
        let figures = try await broker.figures(of: queue) { $0.ready == 1 }
        #expect(figures.ready == 1)
        await connection.close()
    }
}
