import CommandLineClient
import CopyContract
import CopyDomain
import Testing

@Suite("Reading requests")
struct SubmissionReaderTests {
    private let reader = SubmissionReader { "made-up" }

    @Test("options become a request under a new id that is also the message-id")
    func draft() throws {
        var draft = RequestDraft()
        draft.kind = "document-model"
        draft.sourceResource = "west"
        draft.sourceID = "model-1"
        draft.targetResource = "east"
        let submission = try reader.read(draft)
        #expect(submission.id == "made-up")
        #expect(submission.messageID == "made-up")
        #expect(submission.contentType == "application/json")
        #expect(
            String(decoding: submission.body, as: UTF8.self)
                == #"{"id":"made-up","kind":"document-model","source":{"resource":"west","id":"model-1"},"#
                + #""target":{"resource":"east"}}"#
        )
    }

    @Test("one object over many lines is one request, and keeps its own id")
    func object() throws {
        let text = """

            {
              "id": "dr-1", "kind": "document-model",
              "source": { "resource": "west", "id": "m" },
              "target": { "resource": "east" }
            }
            """
        let submissions = try reader.read(Array(text.utf8), from: "x.json")
        #expect(submissions.map(\.id) == ["dr-1"])
    }

    @Test("each line with an object is a request; an id that is missing or null is made up")
    func lines() throws {
        let text = request(id: #""a""#) + "\n\r\n" + request(id: "null") + "\n" + request(id: nil) + "\r\n"
        let submissions = try reader.read(Array(text.utf8), from: "x.jsonl")
        #expect(submissions.map(\.id) == ["a", "made-up", "made-up"])
        #expect(submissions[1].body == submissions[2].body)
    }

    @Test("a CloudEvent stays as it is and is named by its source and id")
    func cloudEvent() throws {
        let text = #"{"specversion":"1.0","id":"7","source":"/shop","type":"t","data":"# + request(id: nil) + "}"
        let submissions = try reader.read(Array(text.utf8), from: "x.json")
        #expect(submissions[0].id == "/shop/7")
        #expect(submissions[0].contentType == "application/cloudevents+json")
        #expect(submissions[0].body == Array(text.utf8))
    }

    @Test(
        "what a worker would refuse is refused before anything is sent, with the place",
        arguments: [
            ("", "x: there is no request in it"),
            ("\n  \n", "x: there is no request in it"),
            ("[]", "x: a request is an object, not an array"),
            ("{", "x: "),
            (#"{"id":"a","id":"b"}"#, "x: the field stands here a second time"),
            (request(id: #""a""#) + "\n{}", "x, line 2: "),
            (request(id: #""a""#) + "\n\n\n{", "x, line 4: "),
            (request(id: #""a b""#), "x: id: is \"a b\""),
            (request(id: "7"), "x: id: must be a string"),
            (#"{"kind":"document-model","source":{"resource":"west"},"target":{"resource":"east"}}"#, "x: source.id"),
        ]
    )
    func refused(text: String, beginning: String) throws {
        let error = #expect(throws: SubmissionError.self) { try reader.read(Array(text.utf8), from: "x") }
        let said = try #require(error).description
        #expect(said.hasPrefix(beginning), "said: \(said)")
    }

    @Test("a raw message is not touched, and is named by what can be understood of it")
    func raw() {
        let bytes: [UInt8] = [0xFF, 0x00]
        let nothing = Submission(raw: incoming(bytes, messageID: nil))
        #expect(nothing.body == bytes)
        #expect(nothing.id == nil)
        #expect(nothing.digest == "ea5dbf9596d187e9500f23e9a680109475341cf4e81f7e043f7d97152c10772f")
        let half = Submission(raw: incoming(Array(#"{"id":"a","kind":"?"}"#.utf8), messageID: "m"))
        #expect(half.id == "a")
        #expect(half.messageID == "m")
    }

    private func incoming(_ body: [UInt8], messageID: String?) -> IncomingMessage {
        IncomingMessage(
            body: body,
            contentType: "application/json",
            contentEncoding: nil,
            messageID: messageID,
            headers: []
        )
    }
}

private func request(id: String?) -> String {
    let id = id.map { #""id":\#($0),"# } ?? ""
    return "{\(id)" + #""kind":"document-model","source":{"resource":"west","id":"m"},"target":{"resource":"east"}}"#
}

@Suite("Times on the command line")
struct DeadlineTextTests {
    @Test(
        "lengths of time",
        arguments: [
            ("90s", 90), ("30m", 1800), ("2h", 7200), ("1d", 86_400), ("999999s", 999_999), ("0s", nil), ("", nil),
            ("s", nil), ("-1s", nil), ("1.5h", nil), ("90", nil), ("1 h", nil), ("1000000s", nil), ("٣s", nil),
        ] as [(String, Int?)]
    )
    func durations(text: String, seconds: Int?) {
        #expect(DurationText.parse(text) == seconds.map { .seconds($0) })
    }

    @Test("a deadline is a moment, or a length of time from now")
    func deadlines() {
        let now = Timestamp(milliseconds: 1_000)
        #expect(DeadlineText.parse("1970-01-01T00:01:00Z", now: now) == Timestamp(milliseconds: 60_000))
        #expect(DeadlineText.parse("2s", now: now) == Timestamp(milliseconds: 3_000))
        #expect(DeadlineText.parse("tomorrow", now: now) == nil)
    }
}
