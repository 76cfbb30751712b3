import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

@Suite("Headers and properties over the wire")
struct FieldTableTests {
    static let values: [(AMQPValue, AMQPValue)] = [
        (.boolean(true), .boolean(true)),
        (.integer(.min), .integer(.min)),
        (.integer(.max), .integer(.max)),
        (.unsigned(7), .integer(7)),
        (.double(-0.5), .double(-0.5)),
        (.string(""), .string("")),
        (.string("Grüße, 世界"), .string("Grüße, 世界")),
        (.bytes([0xFF, 0x00, 0xFE]), .bytes([0xFF, 0x00, 0xFE])),
        (.timestamp(1_700_000_000), .timestamp(1_700_000_000)),
        (.decimal(scale: 2, value: 314), .decimal(scale: 2, value: 314)),
        (.void, .void),
        (.array([]), .array([])),
        (.table([:]), .table([:])),
        (
            .array([.integer(1), .string("two"), .array([.boolean(false)]), .table(["x": .void])]),
            .array([.integer(1), .string("two"), .array([.boolean(false)]), .table(["x": .void])])
        ),
        (
            .table(["a": .table(["b": .table(["c": .array([.table(["d": .integer(4)])])])])]),
            .table(["a": .table(["b": .table(["c": .array([.table(["d": .integer(4)])])])])])
        ),
    ]

    @Test("every kind of value survives the way to the broker and back", arguments: values)
    func value(sent: AMQPValue, expected: AMQPValue) async throws {
        let message = AMQPMessage(body: [1], headers: ["value": sent, "after": .string("it")])
        let back = try await throughBroker(message)
        #expect(back.headers["value"] == expected)
        #expect(back.headers["after"] == .string("it"))
    }

    @Test("all properties survive")
    func properties() async throws {
        var message = AMQPMessage(body: Array("{}".utf8))
        message.contentType = "application/json"
        message.contentEncoding = "utf-8"
        message.deliveryMode = 2
        message.priority = 7
        message.correlationID = "correlation"
        message.replyTo = "reply"
        message.expiration = "600000"
        message.messageID = "id"
        message.timestamp = 1_795_260_000
        message.type = "copy"
        message.userID = "guest"
        message.appID = "test"
        message.headers = ["x": .integer(1)]
        #expect(try await throughBroker(message) == message)
    }

    @Test("properties that are not set stay so, also empty ones")
    func absent() async throws {
        var message = AMQPMessage(body: [])
        message.type = ""
        #expect(try await throughBroker(message) == message)
    }

    @Test("a table at the depth limit survives")
    func deep() async throws {
        let nested = (0..<31).reduce(AMQPValue.integer(1)) { value, _ in .table(["n": value]) }
        let back = try await throughBroker(AMQPMessage(body: [], headers: ["n": nested]))
        #expect(back.headers["n"] == nested)
    }

    @Test("headers nested beyond all measure cost their own value, not the message", arguments: [40, 1000, 25_000])
    func hostile(levels: Int) async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("hostile")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        // No client writes this; the broker itself does not mind.
        try await broker.evaluate(
            """
            {T, V} = lists:foldl(fun(_, A) -> {array, [A]} end, {signedint, 1}, lists:seq(1, \(levels))),
            rabbit_basic:publish(rabbit_misc:r(<<"/">>, exchange, <<>>), <<"\(queue)">>,
                [{headers, [{<<"deep">>, T, V}, {<<"after">>, longstr, <<"it">>}]}], <<"body">>).
            """
        )
        let delivery = try await trail.delivery()
        #expect(delivery.text == "body")
        #expect(delivery.message.headers["deep"] != nil)
        #expect(delivery.message.headers["after"] == .string("it"))
        await connection.close()
    }

    private func throughBroker(_ message: AMQPMessage) async throws -> AMQPMessage {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("table")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        try await connection.publish([
            OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
        ])
        let back = try await trail.delivery().message
        await connection.close()
        return back
    }
}
