import AMQP
import CopyContract
import Synchronization
import Testing

@testable import CommandLineClient

@Suite("The course of a submission")
struct SubmitDeskTests {
    @Test("without --wait it is over when the broker has confirmed everything, and prints the ids")
    func confirmed() throws {
        var desk = try Desk(["a", "b"], wait: nil)
        #expect(desk.take(.listening) == [0, 1])
        #expect(desk.take(.published(1, .confirmed)).isEmpty)
        #expect(!desk.isDone)
        _ = desk.take(.published(0, .confirmed))
        #expect(desk.isDone)
        #expect(desk.status == .success)
        #expect(desk.printed == ["b\n", "a\n"])
        #expect(desk.complaints.isEmpty)
    }

    @Test(
        "a queue that does not exist is told by name, and the exit status is 3",
        arguments: [nil, WaitDisplay.Style.plain]
    )
    func unroutable(wait: WaitDisplay.Style?) throws {
        var desk = try Desk(["a"], wait: wait)
        _ = desk.take(.listening)
        _ = desk.take(.published(0, .unroutable(code: 312, text: "NO_ROUTE")))
        #expect(desk.isDone)
        #expect(desk.status == .rejected)
        #expect(desk.printed.isEmpty)
        #expect(desk.complaints.count == 1)
        #expect(desk.complaints[0].contains(#"no queue "copy.requests""#))
    }

    @Test("with --wait it is over with the last outcome, whenever the confirms come")
    func outcomes() throws {
        var desk = try Desk(["a", "b"], wait: .plain)
        _ = desk.take(.listening)
        _ = desk.take(.event(try received(.succeeded, id: "a")))
        _ = desk.take(.published(1, .confirmed))
        #expect(!desk.isDone)
        _ = desk.take(.event(try received(.failed, id: "b")))
        #expect(desk.isDone)
        #expect(desk.status == .copyFailed)
        #expect(desk.printed.count == 2)
    }

    @Test("after a lost connection only what has no fate yet is sent again, and nothing that bears no id")
    func listeningAgain() throws {
        var desk = try Desk(["a", "b"], wait: .json, nameless: true)
        #expect(desk.take(.listening) == [0, 1, 2])
        for index in 0...2 { _ = desk.take(.published(index, .confirmed)) }
        _ = desk.take(.event(try received(.succeeded, id: "a")))
        _ = desk.take(.lost(AMQPError(.connectionLost, "gone")))
        #expect(desk.complaints.count == 1)
        #expect(desk.take(.listening) == [1])
        #expect(!desk.isDone)
    }

    @Test(
        "a broker that refuses ends it at once: 3 for an exchange that is missing, 4 for the rest",
        arguments: [
            (AMQPError(.channelClosed, "no exchange 'copy.results'", replyCode: 404), CommandStatus.rejected),
            (AMQPError(.loginRefused, "ACCESS_REFUSED", replyCode: 403), .unreachable),
            (AMQPError(.tls, "certificate"), .unreachable),
        ]
    )
    func broken(error: AMQPError, status: CommandStatus) throws {
        for wait in [WaitDisplay.Style.plain, nil] {
            var desk = try Desk(["a"], wait: wait)
            if wait == nil { _ = desk.take(.listening) }
            _ = desk.take(.notPublished(0, AMQPError(.closedByUs, "the publisher could not start")))
            #expect(!desk.isDone)
            _ = desk.take(.broken(error))
            // The publisher's connection fails for the same reason; once is enough.
            _ = desk.take(.broken(error))
            _ = desk.take(.notPublished(0, AMQPError(.closedByUs, "closing")))
            #expect(desk.isDone)
            #expect(desk.status == status)
            #expect(desk.complaints == [error.message])
        }
    }

    @Test("a message that no broker can take is told by its name")
    func notPublished() throws {
        var desk = try Desk(["a"], wait: nil)
        _ = desk.take(.listening)
        _ = desk.take(.notPublished(0, AMQPError(.invalid, "the body is too large")))
        #expect(desk.isDone)
        #expect(desk.status == .unreachable)
        #expect(desk.complaints == ["a: not sent: the body is too large"])
    }

    @Test("when the time is over it says what is still open")
    func timeIsOver() throws {
        var desk = try Desk((1...7).map { "r\($0)" }, wait: .plain)
        _ = desk.take(.listening)
        _ = desk.take(.event(try received(.succeeded, id: "r1")))
        _ = desk.take(.timeIsOver(nil))
        #expect(desk.isDone)
        #expect(desk.status == .unreachable)
        #expect(desk.complaints == ["no outcome within 90 s for 6 of 7: r2, r3, r4, r5, r6, …; they may still go on"])
    }

    @Test("an outage is told and ends nothing; if it lasts, it is why there is no outcome")
    func outage() throws {
        var desk = try Desk(["a"], wait: .plain)
        _ = desk.take(.listening)
        _ = desk.take(.outage("cannot reach b:5672: gone; trying again"))
        #expect(!desk.isDone)
        _ = desk.take(.timeIsOver("cannot reach b:5672: gone"))
        #expect(
            desk.complaints == [
                "cannot reach b:5672: gone; trying again",
                "no outcome within 90 s for 1 of 1: a; they may still go on; cannot reach b:5672: gone",
            ]
        )
    }

    @Test("when the time is over before the broker was there it says so", arguments: [nil, WaitDisplay.Style.live])
    func brokerAway(wait: WaitDisplay.Style?) throws {
        var desk = try Desk(["a"], wait: wait)
        _ = desk.take(.timeIsOver("cannot reach b:5672: gone"))
        #expect(desk.status == .unreachable)
        #expect(desk.complaints == ["the broker did not take the requests within 90 s; cannot reach b:5672: gone"])
    }
}

/// A desk with what it has said.
private struct Desk {
    private var desk: SubmitDesk
    private let said = Said()

    init(_ ids: [String], wait: WaitDisplay.Style?, nameless: Bool = false) throws {
        var submissions = try ids.map { try submission(id: $0) }
        if nameless {
            let message = IncomingMessage(
                body: [1],
                contentType: nil,
                contentEncoding: nil,
                messageID: nil,
                headers: []
            )
            submissions.append(Submission(raw: message))
        }
        var options = Submit.Options(timeout: .seconds(90))
        options.wait = wait
        let said = said
        let output = Submit.Output(
            print: { text in said.printed.withLock { $0.append(text) } },
            complain: { text in said.complaints.withLock { $0.append(text) } },
            size: { WaitDisplay.Size(columns: 80, rows: 24) }
        )
        desk = SubmitDesk(submissions, options, output)
    }

    mutating func take(_ news: Submit.News) -> [Int] { desk.take(news) }

    var isDone: Bool { desk.isDone }
    var status: CommandStatus { desk.exitStatus }
    var printed: [String] { said.printed.withLock { $0 } }
    var complaints: [String] { said.complaints.withLock { $0 } }

    private final class Said: Sendable {
        let printed = Mutex<[String]>([])
        let complaints = Mutex<[String]>([])
    }
}
