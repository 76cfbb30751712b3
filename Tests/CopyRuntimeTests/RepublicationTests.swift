import AMQP
import CopyContract
import CopyDomain
import CopyRuntime
import Testing

@Suite("Republication")
struct RepublicationTests {
    private let now = Timestamp(milliseconds: 1_700_000_000_000)

    private func delivery(_ change: (inout AMQPMessage) -> Void = { _ in }) -> Delivery {
        var message = AMQPMessage(body: [1, 2, 3])
        message.contentType = "application/json"
        message.messageID = "m"
        change(&message)
        return Delivery(
            id: DeliveryID(epoch: 1, tag: 1),
            queue: "copy.requests",
            redelivered: false,
            exchange: "",
            routingKey: "copy.requests",
            message: message
        )
    }

    @Test("body and properties stay; it becomes persistent and goes straight to the queue")
    func carriesOn() {
        let copy = Republication.message(
            of: delivery {
                $0.contentEncoding = "identity"
                $0.correlationID = "c"
                $0.replyTo = "r"
                $0.type = "t"
                $0.appID = "a"
                $0.priority = 3
                $0.deliveryMode = 1
                $0.headers["traceparent"] = .string("00-x")
            },
            to: "copy.resume",
            now: now
        )
        #expect(copy.exchange.isEmpty)
        #expect(copy.routingKey == "copy.resume")
        #expect(copy.mandatory)
        #expect(copy.message.body == [1, 2, 3])
        #expect(copy.message.contentType == "application/json")
        #expect(copy.message.contentEncoding == "identity")
        #expect(copy.message.messageID == "m")
        #expect(copy.message.correlationID == "c")
        #expect(copy.message.replyTo == "r")
        #expect(copy.message.type == "t")
        #expect(copy.message.appID == "a")
        #expect(copy.message.priority == 3)
        #expect(copy.message.deliveryMode == 2)
        #expect(copy.message.headers["traceparent"]?.text == "00-x")
    }

    @Test("what would close the channel, delete the message or copy it elsewhere is set aside")
    func setsAside() {
        let copy = Republication.message(
            of: delivery {
                $0.userID = "stranger"
                $0.expiration = "1000"
                $0.timestamp = 7
                $0.headers["CC"] = .array([.string("elsewhere")])
            },
            to: "copy.parking",
            now: now
        ).message
        #expect(copy.userID == nil)
        #expect(copy.expiration == nil)
        #expect(copy.timestamp == nil)
        #expect(copy.headers["CC"] == nil)
        #expect(copy.headers["x-copy-original-user-id"] == .string("stranger"))
        #expect(copy.headers["x-copy-original-expiration"] == .string("1000"))
        #expect(copy.headers["x-copy-original-timestamp"] == .timestamp(7))
        #expect(copy.headers["x-copy-original-cc"] == .array([.string("elsewhere")]))
    }

    @Test("hops are counted, the first sight is kept, the broker's own headers are dropped")
    func counts() {
        let once = Republication.message(of: delivery(), to: "q", now: now).message
        #expect(once.headers["x-copy-hops"]?.number == 1)
        #expect(once.headers["x-copy-first-seen"]?.number == now.milliseconds)
        let again = Republication.message(
            of: delivery {
                $0.headers = once.headers
                $0.headers["x-death"] = .array([])
                $0.headers["x-delivery-count"] = .integer(4)
            },
            to: "q",
            now: now + .seconds(10)
        ).message
        #expect(again.headers["x-copy-hops"]?.number == 2)
        #expect(again.headers["x-copy-first-seen"]?.number == now.milliseconds)
        #expect(again.headers["x-death"] == nil)
        #expect(again.headers["x-delivery-count"] == nil)
    }

    @Test("headers that RabbitMQ would not take again stay behind")
    func unpublishableNumber() {
        let large = AMQPValue.array([.unsigned(UInt64(Int64.max) + 1)])
        let copy = Republication.message(of: delivery { $0.headers["n"] = large }, to: "q", now: now).message
        #expect(copy.headers["n"] == nil)
        #expect(copy.headers[CarriedHeader.headersDropped] == .boolean(true))
        let largest = AMQPValue.unsigned(UInt64(Int64.max))
        #expect(
            Republication.message(of: delivery { $0.headers["n"] = largest }, to: "q", now: now).message.headers["n"]
                == largest
        )
    }

    @Test(
        "a first sight that cannot be is not believed",
        arguments: [AMQPValue.integer(-1), .integer(.max), .string("x"), .unsigned(.max), .void]
    )
    func forgedFirstSight(value: AMQPValue) {
        let copy = Republication.message(of: delivery { $0.headers["x-copy-first-seen"] = value }, to: "q", now: now)
        #expect(copy.message.headers["x-copy-first-seen"]?.number == now.milliseconds)
    }
}
