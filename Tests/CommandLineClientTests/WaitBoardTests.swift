import CommandLineClient
import CopyContract
import CopyDomain
import Testing

@Suite("Waiting for outcomes")
struct WaitBoardTests {
    @Test("all succeeded: exit status 0, and not before the last outcome")
    func allSucceeded() throws {
        var board = WaitBoard([try submission(id: "a"), try submission(id: "b")])
        #expect(board.exitStatus == .unreachable)
        #expect(board.apply(try received(.succeeded, id: "a").event) == [0])
        #expect(!board.isComplete)
        #expect(board.exitStatus == .unreachable)
        #expect(board.apply(try received(.succeeded, id: "b").event) == [1])
        #expect(board.isComplete)
        #expect(board.exitStatus == .success)
    }

    @Test(
        "the gravest fate decides the exit status",
        arguments: [
            ([EventName.succeeded, .failed], CommandStatus.copyFailed), ([.cancelled, .succeeded], .copyFailed),
            ([.failed, .rejected], .rejected), ([.rejected, .succeeded], .rejected), ([.succeeded], .success),
        ]
    )
    func exitStatus(fates: [EventName], status: CommandStatus) throws {
        let submissions = try fates.indices.map { try submission(id: "r-\($0)") }
        var board = WaitBoard(submissions)
        for (index, fate) in fates.enumerated() {
            let refusal = #""received":{"sha256":"\#(submissions[index].digest)"}"#
            #expect(board.apply(try received(fate, id: "r-\(index)", refusal).event) == [index])
        }
        #expect(board.isComplete)
        #expect(board.exitStatus == status)
    }

    @Test("a rejection ends only the message whose bytes it refuses")
    func rejectionOfAnother() throws {
        let mine = try submission(id: "a", source: "m")
        let other = try submission(id: "a", source: "n")
        var board = WaitBoard([mine])
        let refusal = try received(.rejected, id: "a", #""received":{"sha256":"\#(other.digest)"}"#)
        #expect(board.apply(refusal.event).isEmpty)
        #expect(!board.isComplete)
    }

    @Test("a rejection without an id finds its message by the bytes alone")
    func rejectionOfNameless() throws {
        let message = IncomingMessage(body: [1], contentType: nil, contentEncoding: nil, messageID: nil, headers: [])
        var board = WaitBoard([Submission(raw: message)])
        #expect(board.rows[0].label == "message 1")
        // As a worker writes it.
        let refusal = EventEncoder(source: "urn:pool").rejected(
            Rejection(.malformedJSON, "no JSON"),
            body: message.body,
            messageID: nil,
            context: EventContext(),
            at: Timestamp(milliseconds: 0)
        )
        #expect(board.apply(try ReceivedEvent(body: refusal.body).event) == [0])
        #expect(board.exitStatus == .rejected)
    }

    @Test("after an outcome the rest is ignored, and older progress never covers newer")
    func order() throws {
        var board = WaitBoard([try submission(id: "a")])
        #expect(board.apply(try received(.progress, id: "a", sequence: 5).event) == [0])
        #expect(board.apply(try received(.progress, id: "a", sequence: 4).event).isEmpty)
        #expect(board.apply(try received(.progress, id: "a", sequence: 5).event).isEmpty)
        #expect(board.apply(try received(.failed, id: "a", sequence: 6).event) == [0])
        #expect(board.apply(try received(.succeeded, id: "a", sequence: 7).event).isEmpty)
        #expect(board.exitStatus == .copyFailed)
    }

    @Test("events that come before the confirm are not undone by it")
    func earlyEvents() throws {
        var board = WaitBoard([try submission(id: "a"), try submission(id: "b")])
        _ = board.apply(try received(.succeeded, id: "a").event)
        board.published(0, routed: true)
        #expect(board.rows[0].state.isFinal)
        board.published(1, routed: false)
        #expect(board.isComplete)
        #expect(board.exitStatus == .rejected)
    }

    @Test("the same request twice in one submission ends twice by one outcome")
    func twice() throws {
        var board = WaitBoard([try submission(id: "a"), try submission(id: "a")])
        #expect(board.apply(try received(.succeeded, id: "a").event) == [0, 1])
        #expect(board.exitStatus == .success)
    }

    @Test("the live display keeps running requests at the bottom and lets the ended ones scroll away once")
    func live() throws {
        var board = WaitBoard([try submission(id: "a"), try submission(id: "b")])
        var display = WaitDisplay(.live)
        let size = WaitDisplay.Size(columns: 40, rows: 24)
        #expect(display.refresh(board, size: size) == "\u{1B}[J  a  sending\n  b  sending\n")
        board.published(1, routed: true)
        let done = try received(.succeeded, id: "a", #""target":{"resource":"east","id":"t"}"#)
        let changed = board.apply(done.event)
        let frame = display.changed(changed, by: done, on: board, size: size)
        #expect(frame == "\u{1B}[2F\u{1B}[J✔ a  east/t\n  b  waiting for a worker\n")
        #expect(display.refresh(board, size: size) == "\u{1B}[1F\u{1B}[J  b  waiting for a worker\n")
    }

    @Test("the live display never draws more lines or columns than the terminal has")
    func liveSize() throws {
        let board = WaitBoard(try (1...50).map { try submission(id: "a-long-request-id-\($0)") })
        var display = WaitDisplay(.live)
        let lines = display.refresh(board, size: WaitDisplay.Size(columns: 20, rows: 6)).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.dropFirst().allSatisfy { $0.count < 20 })
        #expect(lines.last == "… and 47 more")
    }

    @Test("plain lines tell news only")
    func plain() throws {
        let board = WaitBoard([try submission(id: "a")])
        var display = WaitDisplay(.plain)
        let size = WaitDisplay.Size(columns: 80, rows: 24)
        let copying = try (1...3).map { (number: Int) in
            try received(.progress, id: "a", sequence: number, #""phase":"copying""#)
        }
        #expect(!display.changed([0], by: copying[0], on: board, size: size).isEmpty)
        #expect(display.changed([0], by: copying[1], on: board, size: size).isEmpty)
        #expect(display.changed([0], by: copying[2], on: board, size: size).isEmpty)
        let verifying = try received(.progress, id: "a", sequence: 4, #""phase":"verifying""#)
        #expect(display.changed([0], by: verifying, on: board, size: size).hasSuffix("progress   verifying\n"))
        #expect(display.refresh(board, size: size).isEmpty)
    }
}
