import CopyContract
import CopyDomain
import Testing

@Suite("Commands")
struct CommandTests {
    private static let cancel = #"{"command":"cancel","id":"dr-1"}"#

    static let good: [(String, IncomingMessage)] = [
        ("plain JSON", message(cancel)),
        ("without a content type", message(cancel, contentType: nil)),
        ("in another order, with white space", message(#" { "id" : "dr-1", "command" : "cancel" } "#)),
        (
            "a CloudEvent in structured mode, whose own id is not the request's",
            message(structured(eventAttributes, data: cancel), contentType: "application/cloudevents+json")
        ),
        (
            "a CloudEvent in binary mode",
            message(
                cancel,
                headers: [
                    ("cloudEvents_specversion", "1.0"), ("cloudEvents_id", "17"), ("cloudEvents_source", "urn:x"),
                    ("cloudEvents_type", "t"),
                ]
            )
        ),
    ]

    @Test("a cancel is understood in every wire form", arguments: good.indices)
    func understood(index: Int) throws {
        let id = try #require(RequestID(rawValue: "dr-1"))
        #expect(try CommandDecoder.decode(Self.good[index].1) == .cancel(id))
    }

    @Test("what is written can be read")
    func written() throws {
        let command = CopyCommand.cancel(try #require(RequestID(rawValue: "a/b:c")))
        var incoming = message("")
        incoming.body = CommandEncoder.encode(command)
        #expect(try CommandDecoder.decode(incoming) == command)
    }

    static let bad = [
        BadMessage("nothing", "", .malformedJSON),
        BadMessage("an array", "[]", .malformedJSON),
        BadMessage("no command", #"{"id":"x"}"#, .missingField, "command"),
        BadMessage("no id", message(#"{"command":"cancel"}"#, messageID: "m-1"), .missingField, "id"),
        BadMessage("another command", #"{"command":"erase","id":"x"}"#, .unknownCommand, "command"),
        BadMessage("a number as command", #"{"command":1,"id":"x"}"#, .invalidField, "command"),
        BadMessage("an id that is none", #"{"command":"cancel","id":"a b"}"#, .invalidField, "id"),
        BadMessage("an unknown field", #"{"command":"cancel","id":"x","force":true}"#, .unknownField, "force"),
        BadMessage("a duplicate", #"{"command":"cancel","id":"x","id":"y"}"#, .duplicateKey, "id"),
        BadMessage("a copy request", modelRequest, .unknownField),
        BadMessage("too much", String(repeating: " ", count: 300_000), .tooLarge),
        BadMessage("an encoding", message(cancel, contentEncoding: "gzip"), .wrongContentEncoding, "content-encoding"),
        BadMessage("a type", message(cancel, contentType: "text/plain"), .wrongContentType, "content-type"),
    ]

    @Test("anything else is refused, naming the field", arguments: bad)
    func refused(_ bad: BadMessage) {
        let rejection = #expect(throws: Rejection.self) { try CommandDecoder.decode(bad.message) }
        #expect(rejection?.code == bad.code)
        if let field = bad.field { #expect(rejection?.field == field) }
    }

    @Test("a refusal names the request that the command is about, if it can be told")
    func about() {
        let rejection = #expect(throws: Rejection.self) {
            try CommandDecoder.decode(message(#"{"command":"erase","id":"dr-1"}"#))
        }
        #expect(rejection?.requestID?.rawValue == "dr-1")
    }
}
