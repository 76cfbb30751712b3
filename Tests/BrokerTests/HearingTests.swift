import AMQP
import Testing

@testable import RabbitMQTransport

@Suite("Whether the broker hears")
struct HearingTests {
    private static let heartbeat: Duration = .seconds(15)

    private let start = SuspendingClock.now
    private var hearing: Hearing

    init() {
        hearing = Hearing(heartbeat: Self.heartbeat, at: start)
    }

    @Test("it is asked a third of a heartbeat after it was heard of, once, and given up after a whole one more")
    mutating func unanswered() throws {
        #expect(try !hearing.asks(at: start + .milliseconds(4999)))
        #expect(hearing.rest(at: start + .seconds(3)) == .seconds(2))
        #expect(try hearing.asks(at: start + .seconds(5)))
        #expect(hearing.rest(at: start + .seconds(6)) == .seconds(14))
        #expect(try !hearing.asks(at: start + .milliseconds(19_999)))
        #expect(throws: AMQPError.self) { try hearing.asks(at: start + .seconds(20)) }
    }

    @Test("with every answer it begins anew")
    mutating func answered() throws {
        for round in 0..<100 {
            let asked = start + .seconds(12) * round + .seconds(5)
            #expect(try hearing.asks(at: asked))
            hearing.heard(at: asked + .seconds(7))
        }
    }

    @Test("a broker that cannot answer has its whole time from when it can")
    mutating func postponed() throws {
        #expect(try hearing.asks(at: start + .seconds(5)))
        hearing.postpone(at: start + .seconds(100))
        #expect(try !hearing.asks(at: start + .seconds(114)))
        #expect(throws: AMQPError.self) { try hearing.asks(at: start + .seconds(115)) }
    }

    @Test("nobody is asked where heartbeats are so short that a busy broker would be given up")
    func shortHeartbeat() throws {
        var hearing = Hearing(heartbeat: .seconds(9), at: start)
        #expect(try !hearing.asks(at: start + .seconds(3600)))
        #expect(hearing.rest(at: start + .seconds(3600)) > .zero)
    }
}
