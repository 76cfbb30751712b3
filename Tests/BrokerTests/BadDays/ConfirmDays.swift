import AMQP
import BrokerSupport
import Testing

/// Confirms that come late, never, or as a refusal. A publish returns for a confirm only.
@Suite("Bad days of confirms")
struct ConfirmDays {
    @Test("a confirm that comes late is waited for, and nothing is published twice", .timeLimit(.minutes(3)))
    func late() async throws {
        try await BadDay.with("late", on: try await PrivateBroker.steady()) { day in
            day.proxy.holdConfirms()
            let publication = Task { try await day.publish("late") }
            try await day.delivered("late")
            try await day.until("the confirm in the proxy") { $0.proxy.confirmsStopped == 1 }
            // The broker has it and a consumer too: the publisher does not know, and does not say so.
            #expect(day.publisher.status.outstanding == 1)
            #expect(day.publisher.status.counters.confirmed == 0)
            day.proxy.releaseConfirms()
            try await publication.value
            #expect(day.publisher.status.counters.published == 1)
            #expect(day.publisher.status.epoch == 1)
            #expect(day.deliveries.count == 1)
        }
    }

    @Test("a confirm that is lost is given up in time; the message goes again under its id", .timeLimit(.minutes(3)))
    func lost() async throws {
        var options = BadDay.Options()
        options.confirmTimeout = .seconds(2)
        try await BadDay.with("lost", on: try await PrivateBroker.steady(), options) { day in
            day.proxy.swallowConfirms()
            let publication = Task { try await day.publish("lost") }
            try await day.delivered("lost")
            try await day.until("the time-out") { $0.publisher.status.counters.confirmTimeouts >= 1 }
            #expect(day.publisher.status.outstanding == 1)
            day.proxy.releaseConfirms()
            try await publication.value
            try await day.delivered("lost", times: 2)
            #expect(Set(day.deliveries.map(\.message)).count == 1)
            #expect(day.publisher.status.counters.republished >= 1)
            // The consumer's connection is another matter.
            #expect(day.losses.isEmpty)
        }
    }

    @Test("a full queue refuses; the message goes again until there is room", .timeLimit(.minutes(3)))
    func refused() async throws {
        var options = BadDay.Options()
        options.arguments = [
            "x-queue-type": .string("classic"), "x-max-length": .integer(1), "x-overflow": .string("reject-publish"),
        ]
        try await BadDay.with("refused", on: try await PrivateBroker.steady(), options) { day in
            day.hold()
            // The consumer holds ten, and one waits.
            for number in 0..<10 { try await day.roundTrip("\(number)") }
            try await day.publish("waiting")
            let publication = Task { try await day.publish("refused") }
            try await day.until("some refusals") { $0.publisher.status.counters.refused >= 3 }
            #expect(day.publisher.status.outstanding == 1)
            day.hold(false)
            for delivery in day.deliveries { day.consumer.settle(delivery.id, .ack) }
            try await publication.value
            try await day.delivered("refused")
            #expect(day.deliveries.map(\.message.messageID).suffix(2) == ["waiting", "refused"])
            #expect(day.publisher.status.epoch == 1)
        }
    }
}
