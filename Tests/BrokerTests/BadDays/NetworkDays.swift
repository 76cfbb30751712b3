import AMQP
import BrokerSupport
import Testing

/// What networks do to the production clients. Everything held and everything unconfirmed comes through.
@Suite("Bad days of the network")
struct NetworkDays {
    @Test(
        "a black hole, in either direction or both, is found out; afterwards all goes on",
        .timeLimit(.minutes(3)),
        arguments: [[FaultProxy.Direction.toClient], [.toServer], [.toServer, .toClient]]
    )
    func blackHole(directions: [FaultProxy.Direction]) async throws {
        try await BadDay.with("hole", on: try await PrivateBroker.steady(), .attentive) { day in
            day.hold()
            try await day.roundTrip("held")
            for direction in directions { day.proxy.blackHole(direction) }
            async let publication: Void = day.publish("into the hole")
            try await day.until("loss of both connections") {
                !$0.losses.isEmpty && $0.publisher.status.counters.connectionsLost > 0
            }
            #expect(!day.isAtWork)
            day.proxy.heal()
            try await publication
            try await day.delivered("held", times: 2)
            try await day.delivered("into the hole")
            #expect(day.isRunning)
            #expect(day.deliveries(of: "held").allSatisfy { $0.message.body == Array("held".utf8) })
        }
    }

    @Test("a broker that is gone without a word is missed by its heartbeats", .timeLimit(.minutes(3)))
    func serverVanished() async throws {
        try await BadDay.with("half-open", on: try await PrivateBroker.steady(), .attentive) { day in
            day.hold()
            try await day.roundTrip("held")
            day.proxy.vanish(.server)
            async let publication: Void = day.publish("to nobody")
            try await day.until("a second connection each") {
                $0.consumer.status.epoch >= 2 && $0.publisher.status.epoch >= 2
            }
            #expect(day.losses.first?.code == .heartbeatMissed)
            try await publication
            try await day.delivered("held", times: 2)
            try await day.delivered("to nobody")
        }
    }

    @Test("what a vanished client held comes back when the broker misses its heartbeats", .timeLimit(.minutes(3)))
    func clientVanished() async throws {
        try await BadDay.with("orphan", on: try await PrivateBroker.steady(), .attentive) { day in
            day.hold()
            try await day.roundTrip("held")
            // The broker goes on believing in the old connections, we make new ones at once.
            day.proxy.vanish(.client)
            try await day.until("a second connection each") {
                $0.consumer.status.epoch >= 2 && $0.isAtWork
            }
            try await day.roundTrip("new")
            try await day.delivered("held", times: 2)
            #expect(day.deliveries(of: "held").last?.redelivered == true)
        }
    }

    @Test("a reset costs nothing that was held or on its way", .timeLimit(.minutes(3)))
    func reset() async throws {
        try await BadDay.with("reset", on: try await PrivateBroker.steady()) { day in
            day.hold()
            try await day.roundTrip("held")
            day.proxy.holdConfirms()
            async let publication: Void = day.publish("unconfirmed")
            try await day.until("a confirm in the proxy") { $0.proxy.confirmsStopped > 0 }
            day.proxy.releaseAfterReset()
            try await publication
            try await day.delivered("held", times: 2)
            // Once by the first connection, whose confirm was lost, and once more.
            try await day.until("both copies") { $0.deliveries(of: "unconfirmed").count >= 2 }
            #expect(day.publisher.status.counters.republished == 1)
            #expect(Set(day.deliveries(of: "unconfirmed").map(\.message)).count <= 2)
        }
    }

    @Test("one byte at a time: login, topology, messages and confirms", .timeLimit(.minutes(3)))
    func slices() async throws {
        try await BadDay.with("slices", on: try await PrivateBroker.steady()) { day in
            day.proxy.slice()
            day.proxy.reset()
            try await day.until("both clients on their second connection") {
                $0.consumer.status.epoch >= 2 && $0.publisher.status.epoch >= 2 && $0.isAtWork
            }
            let epochs = (day.consumer.status.epoch, day.publisher.status.epoch)
            for number in 0..<20 { try await day.roundTrip("sliced \(number)") }
            #expect(epochs == (day.consumer.status.epoch, day.publisher.status.epoch))
            #expect(day.deliveries.count == 20)
        }
    }
}
