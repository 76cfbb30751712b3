import AMQP
import Testing

@Suite("Reconnect backoff")
struct ReconnectBackoffTests {
    @Test("grows from half a second to thirty, whatever the dice say", arguments: [0.0, 0.25, 0.999, 1, 7, -3])
    func bounds(dice: Double) {
        var backoff = ReconnectBackoff()
        var ceiling = Duration.seconds(1)
        for _ in 0..<200 {
            let wait = backoff.next(random: dice)
            #expect(wait >= .milliseconds(500))
            #expect(wait <= ceiling)
            if dice >= 1 { #expect(wait == ceiling) }
            if dice <= 0 { #expect(wait == .milliseconds(500)) }
            ceiling = min(ceiling * 2, .seconds(30))
        }
    }

    @Test("starts anew only after a connection that held")
    func resets() {
        var backoff = ReconnectBackoff()
        for _ in 0..<10 { _ = backoff.next(random: 1) }
        backoff.ended(after: .seconds(29))
        #expect(backoff.next(random: 1) == .seconds(30))
        backoff.ended(after: .seconds(30))
        #expect(backoff.next(random: 1) == .seconds(1))
    }
}
