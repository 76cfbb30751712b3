import AMQP
import AzureEmulation
import CopyContract
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("A request is cancelled")
struct CancelTests {
    @Test("at any time of every flow: cancelled or copied, nothing left that is not named", arguments: Subject.all)
    func anyTime(_ subject: Subject) async throws {
        for flow in Flow.all(of: subject) {
            var ends: Set<String> = []
            // From a tenth of a second to two minutes after the request, closer together at the beginning.
            for step in 0..<32 {
                var time = 0.1
                for _ in 0..<step { time *= 1.25 }
                let end = try await play(flow.script(subject), cancelledAfter: .milliseconds(Int(time * 1000)))
                ends.insert(end)
            }
            #expect(ends == ["cancelled", "succeeded"], "\(flow): \(ends)")
        }
    }

    @Test("before its request comes: nothing is sent", arguments: Subject.all)
    func beforehand(_ subject: Subject) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(Script(subject), clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            try await scene.playing {
                scene.cancel("r")
                try await clock.sleep(for: .seconds(5))
                scene.publish(scene.request("r"))
                await scene.settled(results: 1)
            }
            try await scene.check(before: before, nil)
            #expect(scene.outcomes.map(\.id) == ["r#1#cancelled"])
            #expect(scene.azure.calls.values.allSatisfy { $0.isEmpty })
        }
    }

    private func play(_ script: Script, cancelledAfter time: Duration) async throws -> String {
        try await VirtualTime.run { clock in
            let scene = Scene(script, clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            try await scene.playing {
                scene.publish(scene.request("r"))
                try await clock.sleep(for: time)
                scene.cancel("r")
                await scene.settled(results: 1)
                try await clock.sleep(for: .seconds(5))
            }
            try await scene.check(before: before, nil)
            return scene.outcomes.first?.data["event"]?.string ?? "nothing"
        }
    }
}

extension Scene {
    fileprivate func cancel(_ id: String) {
        guard let id = RequestID(rawValue: id) else { return }
        var message = AMQPMessage(body: CommandEncoder.encode(.cancel(id)))
        message.contentType = CommandEncoder.contentType
        message.deliveryMode = 2
        broker.publish(
            OutgoingMessage(exchange: "", routingKey: settings.names.commands, mandatory: true, message: message)
        )
    }
}
