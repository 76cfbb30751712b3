import CopyDomain
import CopyJournal
import Simulation
import Testing

@testable import CopyRuntime

@Suite("What a worker tells of what it does")
struct TellingTests {
    private static func handBacks(_ lines: [String]) -> [String] {
        lines.filter { $0.contains("a request is handed back") }
    }

    @Test("a run that is handed back says which request, why and where to, and what is put off only when asked")
    func handBack() async throws {
        try await VirtualTime.run { clock in
            let isOut = Shared(true)
            var stage = Stage(clock: clock) { _, _ in isOut.withLock(\.self) ? .lostBefore : nil }
            let (logger, lines) = LogBook.logger()
            stage.logger = logger
            let play = stage
            try await play.playing { workers in
                play.publish(play.request("r"))
                await play.wait("it is put off") { _ in lines().contains { $0.contains("a message is put off") } }
                let note = try #require(workers["anna"]?.status.notes.first)
                #expect(note.contains("-1: keeps failing for ") && note.contains("(a fault was ordered)"))
                isOut.withLock { $0 = false }
                await play.settled(results: 1)
            }
            play.check(["r"])
            let first = try #require(Self.handBacks(lines()).first)
            #expect(first.hasPrefix("info ") && first.contains("attempts=1 "))
            #expect(first.contains("queue=copy.retry.10s") && first.contains("request_id=r"))
            #expect(first.contains("reason=the resource ") && first.hasSuffix("-1 keeps failing request_id=r"))
            #expect(lines().filter { $0.contains("a message is put off") }.allSatisfy { $0.hasPrefix("debug ") })
        }
    }

    @Test("a drain tells of no request at info, and of each at debug")
    func drain() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(600))
            let (logger, lines) = LogBook.logger()
            stage.logger = logger
            let play = stage
            let before = Shared(0)
            try await play.inActs {
                try await play.act { _ in
                    for number in 0..<30 { play.publish(play.request("r-\(number)")) }
                    await play.wait("all run") { _ in
                        lines().count { $0.contains("request accepted") } == play.settings.slots
                    }
                    try await clock.sleep(for: .seconds(5))
                    before.withLock { $0 = lines().count }
                }
                let said = lines().dropFirst(before.withLock(\.self))
                #expect(Self.handBacks(Array(said)).count == play.settings.slots)
                #expect(!said.contains { !$0.hasPrefix("debug") && $0.contains("request_id") }, "\(said)")
            }
        }
    }

    @Test("each side effect leaves one line for auditors, and nothing else does", arguments: CopyKind.allCases)
    func audit(kind: CopyKind) async throws {
        try await VirtualTime.run { clock in
            let lost = Shared<Set<String>>([])
            var stage = Stage(clock: clock) { call, _ in
                guard call.name == "copy" || call.name == "import" else { return nil }
                return lost.withLock { $0.insert(call.name).inserted } ? .lostAfter : nil
            }
            let (logger, lines) = LogBook.logger()
            stage.logger = logger
            let play = stage
            try await play.playing { _ in
                play.publish(play.request("r", kind: kind))
                await play.settled(results: 1)
            }
            play.check(["r"])
            let audit = lines().filter { $0.contains("audit:") }
            #expect(audit.count == play.azure.done.count, "\(audit)")
            #expect(audit.allSatisfy { $0.hasPrefix("notice audit: ") && $0.contains("request_id=r") })
            #expect(audit.allSatisfy { $0.contains("target_resource=target-1") })
            #expect(audit.allSatisfy { $0.contains("target_id=") || $0.contains("target_name=") })
            #expect(audit.count { $0.contains("may have done") } == 1)
            #expect(!audit.contains { $0.contains("token") || $0.contains("body") })
        }
    }

    @Test(
        "an outcome knows its run by its event's id",
        arguments: [("r#1#succeeded", 1), ("a/b:c#12#failed", 12), ("r#rejected#0a1b2c3d", nil), ("r", nil)]
            as [(String, Int?)]
    )
    func runs(eventID: String, run: Int?) {
        let outcome = StoredOutcome(
            eventID: eventID,
            routingKey: "",
            event: "succeeded",
            body: [],
            headers: [:],
            correlationID: "",
            replyTo: nil,
            time: Stage.noon
        )
        #expect(outcome.run == run)
    }
}
