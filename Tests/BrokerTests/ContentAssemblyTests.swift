import AMQP
import Testing

@testable import RabbitMQTransport

@Suite("Putting frames together")
struct ContentAssemblyTests {
    static let delivery = InboundMethod.Delivery(
        consumerTag: "c",
        deliveryTag: 1,
        redelivered: false,
        exchange: "e",
        routingKey: "k"
    )
    static let deliver = InboundFrame.method(.deliver(delivery))
    static let returned = InboundFrame.method(
        .return(.init(code: 312, text: "NO_ROUTE", exchange: "e", routingKey: "k"))
    )

    static func header(_ size: UInt64) -> InboundFrame {
        .header(bodySize: size, properties: AMQPMessage(body: [], headers: ["h": .integer(1)]))
    }

    static func message(_ body: [UInt8]) -> AMQPMessage {
        AMQPMessage(body: body, headers: ["h": .integer(1)])
    }

    @Test("a message comes out with its last byte", arguments: [1, 2, 3, 7, 100])
    func fragments(size: Int) throws {
        let body = (0..<100).map { UInt8($0) }
        var assembly = ContentAssembly()
        #expect(try assembly.received(Self.deliver) == .incomplete)
        #expect(try assembly.received(Self.header(100)) == .incomplete)
        var rest = body[...]
        while rest.count > size {
            #expect(try assembly.received(.body(Array(rest.prefix(size)))) == .incomplete)
            rest = rest.dropFirst(size)
        }
        #expect(try assembly.received(.body(Array(rest))) == .delivered(Self.delivery, Self.message(body)))
    }

    @Test("an empty message comes out with its header, and the next may follow")
    func empty() throws {
        var assembly = ContentAssembly()
        for _ in 0..<2 {
            #expect(try assembly.received(Self.deliver) == .incomplete)
            #expect(try assembly.received(Self.header(0)) == .delivered(Self.delivery, Self.message([])))
        }
    }

    @Test("a blocked notice and a close may come between the frames of a message")
    func between() throws {
        var assembly = ContentAssembly()
        _ = try assembly.received(Self.deliver)
        #expect(try assembly.received(.method(.blocked(reason: "memory"))) == .method(.blocked(reason: "memory")))
        _ = try assembly.received(Self.header(2))
        #expect(try assembly.received(.method(.unblocked)) == .method(.unblocked))
        _ = try assembly.received(.body([1]))
        let close = InboundMethod.channelClose(code: 406, text: "x")
        #expect(try assembly.received(.method(close)) == .method(close))
        #expect(try assembly.received(.body([2])) == .delivered(Self.delivery, Self.message([1, 2])))
    }

    @Test(
        "what the protocol does not allow is an error, never a trap",
        arguments: [
            [header(1)],
            [.body([1])],
            [deliver, deliver],
            [deliver, returned],
            [deliver, .body([1])],
            [deliver, .method(.ack(tag: 1, multiple: false))],
            [deliver, header(1), deliver],
            [deliver, header(1), header(1)],
            [deliver, header(1), .body([1, 2])],
            [deliver, header(3), .body([1]), .body([2, 3, 4])],
            [deliver, header(.max)],
            [deliver, header(ContentAssembly.largestBody + 1)],
            [returned, .method(.cancel(consumerTag: "c", wantsAnswer: false))],
            [.method(.other(id: 0x14_0014))],
            [.other(type: 8)],
        ] as [[InboundFrame]]
    )
    func violations(frames: [InboundFrame]) throws {
        var assembly = ContentAssembly()
        for frame in frames.dropLast() { #expect(try assembly.received(frame) == .incomplete) }
        let last = try #require(frames.last)
        #expect {
            try assembly.received(last)
        } throws: {
            ($0 as? AMQPError)?.code == .protocolViolation
        }
    }

    @Test("the outbox hands out in order, however it is filled")
    func outbox() {
        var outbox = Outbox()
        var expected = 0
        for round in 0..<50 {
            outbox.append((0..<100).map { .text("\(round * 100 + $0)", to: "q") })
            for _ in 0..<(round % 2 == 0 ? 30 : 150) {
                guard let message = outbox.next() else { break }
                #expect(message.message.body == Array("\(expected)".utf8))
                expected += 1
            }
        }
        while outbox.next() != nil { expected += 1 }
        #expect(expected == 5000)
        #expect(outbox.isEmpty)
    }
}
