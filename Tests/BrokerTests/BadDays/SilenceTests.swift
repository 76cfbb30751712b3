import AMQP
import BrokerSupport
import Testing

/// Apart from the other bad days: they load the machine, and this one goes by the clock.
@Suite("A day without a word")
struct SilenceTests {
    /// RabbitMQ looks every heartbeat whether anything came, and closes the connection when it finds nothing twice:
    /// after two to three of them. The client waits for two.
    @Test("heartbeats alone keep both connections alive, for longer than either side waits", .timeLimit(.minutes(3)))
    func heartbeats() async throws {
        var options = BadDay.Options()
        // Only who is kept from running for as long as this may be missed.
        options.heartbeat = .seconds(15)
        try await BadDay.with("silence", on: try await PrivateBroker.steady(), options) { day in
            try await ContinuousClock().sleep(for: options.heartbeat * 3 + .seconds(3))
            #expect(day.consumer.status.epoch == 1)
            #expect(day.publisher.status.epoch == 1)
            #expect(day.isAtWork)
            try await day.roundTrip("after the silence")
            #expect(day.losses.isEmpty)
        }
    }
}
