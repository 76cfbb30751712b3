import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("Refusals")
struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let body: String
        var reason = ""
        var change: @Sendable (inout AMQPMessage) -> Void = { _ in }
        var testDescription: String { "\(code): \(body.prefix(40))" }
    }

    private static let route =
        #"{"id":"bad","kind":"document-model","source":{"resource":"target-1","id":"i"},"target":{"resource":"source-1"}}"#

    private static let replacing = """
        {"id":"bad","kind":"document-classifier","source":{"resource":"source-1","id":"i"},\
        "target":{"resource":"target-1","id":"taken"},"onConflict":"replace"}
        """

    static let cases = [
        Case(code: "malformed_json", body: "{"),
        Case(code: "malformed_json", body: ""),
        Case(code: "missing_field", body: #"{"id":"bad","kind":"document-model"}"#),
        Case(code: "unknown_kind", body: #"{"id":"bad","kind":"cat","source":{},"target":{}}"#),
        Case(code: "route_not_allowed", body: route),
        Case(code: "replace_not_allowed", body: replacing),
        Case(code: "too_large", body: String(repeating: "x", count: 300_000)),
        // More than RabbitMQ 4 takes by default, less than what 3.13 does.
        Case(code: "too_large", body: String(repeating: "x", count: 17 << 20)),
        Case(code: "too_large", body: route, reason: "63 bits") { $0.headers["x"] = .array([.unsigned(.max)]) },
        Case(code: "wrong_content_encoding", body: route) { $0.contentEncoding = "gzip" },
        Case(code: "too_large", body: route, reason: "65536 bytes") {
            $0.headers["x"] = .string(String(repeating: "x", count: 118_000))
        },
        Case(code: "too_large", body: route, reason: "16 levels") { message in
            var nest = AMQPTable([])
            for _ in 0..<40 { nest = AMQPTable([("n", .table(nest))]) }
            message.headers["n"] = .table(nest)
        },
        Case(code: "malformed_json", body: "[") { message in
            message.userID = "stranger"
            message.expiration = "86400000"
            message.headers["CC"] = .array([.string("results")])
        },
    ]

    @Test("what cannot be taken is parked with its reason and rejected; its neighbours go on", arguments: cases)
    func parked(_ bad: Case) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("before"))
                stage.publish(bad.body, bad.change)
                stage.publish(stage.request("after"))
                await stage.settled(results: 3)
            }
            let parked = stage.broker.ready(in: stage.settings.names.parking)
            #expect(parked.map { $0.headers["x-copy-reason-code"]?.text } == [bad.code])
            let reason = try #require(parked.first?.headers["x-copy-reason"]?.text)
            #expect(bad.reason.isEmpty || reason.contains(bad.reason))
            #expect(parked.first?.body == Array(bad.body.utf8))
            #expect(stage.results.count { $0.id.contains("#rejected#") } == 1)
            #expect(Set(stage.results.map(\.id)).isSuperset(of: ["before#1#succeeded", "after#1#succeeded"]))
            stage.check(["before", "after"])
        }
    }

    @Test("rejections that nobody listens for hold nothing up")
    func unheardRejections() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.broker.delete(queue: "results")
            stage.broker.delete(queue: stage.settings.names.unroutedResults)
            stage.broker.declare(
                Topology(
                    mode: .declare,
                    queues: [QueueDeclaration(name: "results")],
                    bindings: [
                        Binding(queue: "results", exchange: stage.settings.names.results, routingKey: "*.*.succeeded.#")
                    ]
                )
            )
            try await stage.playing { workers in
                for _ in 0..<100 { stage.publish("{") }
                stage.publish(stage.request("good"))
                await stage.settled(results: 1)
                #expect(workers["anna"]?.status.isReady == true)
            }
            #expect(stage.broker.ready(in: stage.settings.names.parking).count == 100)
            stage.check(["good"])
        }
    }
}
