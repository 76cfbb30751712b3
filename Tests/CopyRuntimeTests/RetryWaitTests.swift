import AMQP
import CopyContract
import CopyDomain
import Testing

@testable import CopyRuntime

@Suite("RetryWait")
struct RetryWaitTests {
    @Test(
        "trouble waits shortly three times, then long, unless the deadline or a probe is near",
        arguments: [
            (nil, 3600, false, 1, true), (2, 3600, false, 3, true), (3, 3600, false, 4, false),
            (40, 3600, false, 41, false), (40, 299, false, 41, true), (40, 3600, true, 41, true),
        ] as [(Int64?, Int, Bool, Int64, Bool)]
    )
    func tiers(attempts: Int64?, left: Int, isSoon: Bool, next: Int64, isShort: Bool) {
        var message = AMQPMessage(body: [])
        message.headers[CarriedHeader.attempts] = attempts.map(AMQPValue.integer)
        let wait = RetryWait.afterTrouble(of: message, deadlineIn: .seconds(left), isSoon: isSoon)
        let names = BrokerNames()
        #expect(wait.queue(names) == (isShort ? names.retry : names.longRetry))
        #expect(wait.headers[CarriedHeader.attempts]?.number == next)
    }

    @Test(
        "a malformed count is none",
        arguments: [AMQPValue.string("7"), .integer(-3), .double(4), .void, .table([:]), .unsigned(.max)]
    )
    func malformed(value: AMQPValue) {
        let message = AMQPMessage(body: [], headers: [CarriedHeader.attempts: value, CarriedHeader.deaths: value])
        #expect(Republication.attempts(of: message) == 0)
        #expect(Republication.deaths(of: message) == 0)
    }

    @Test("the counts are forgotten by whoever sends on for another reason")
    func forgotten() {
        var message = AMQPMessage(body: [1])
        message.headers[CarriedHeader.attempts] = .integer(9)
        message.headers[CarriedHeader.deaths] = .integer(2)
        let delivery = Delivery(
            id: DeliveryID(epoch: 1, tag: 1),
            queue: "q",
            redelivered: false,
            exchange: "",
            routingKey: "q",
            message: message
        )
        let plain = Republication.message(of: delivery, to: "q", now: .init(milliseconds: 1))
        #expect(plain.message.headers[CarriedHeader.attempts] == nil)
        #expect(plain.message.headers[CarriedHeader.deaths] == nil)
        let counted = Republication.message(
            of: delivery,
            to: "q",
            now: .init(milliseconds: 1),
            headers: RetryWait.trouble(attempt: 10, isSoon: false).headers
        )
        #expect(counted.message.headers[CarriedHeader.attempts] == .integer(10))
    }
}
