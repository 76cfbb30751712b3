import CommandLineClient
import CopyContract
import Testing

@Suite("Events for people")
struct EventTests {
    private static let route =
        #""kind":"document-model","apiVersion":"v2.1","source":{"resource":"west","id":"m"},"target":{"resource":"east"}"#

    @Test(
        "each event is one line that says what matters",
        arguments: [
            (EventName.accepted, route, "document-model v2.1: west/m -> east"),
            (
                .started,
                #""kind":"vision-project","source":{"resource":"a","name":"S"},"target":{"resource":"b","name":"T"}"#,
                "vision-project: a/S -> b/T"
            ),
            (.progress, #""phase":"copying","azureStatus":"running""#, "copying (running)"),
            (.progress, #""phase":"waiting""#, "waiting"),
            (.progress, "\"sign\":true", "under way"),
            (.succeeded, #""target":{"resource":"east","id":"t-1"},"seconds":12.345"#, "east/t-1 in 12.3 s"),
            (.succeeded, #""target":{"resource":"b","id":"p","name":"Shelves"}"#, #"b/p "Shelves""#),
            (
                .failed,
                #""error":{"code":"copy_failed","message":"no","azure":{"status":200,"code":"2024","requestId":"r"}},"#
                    + #""leftBehind":[{"resource":"east","type":"model","id":"t"}]"#,
                "copy_failed: no [Azure: HTTP 200, 2024, request r]; left behind: east model t"
            ),
            (
                .rejected, #""error":{"code":"unknown_resource","message":"source.resource: x"}"#,
                "unknown_resource: source.resource: x"
            ),
            (.rejected, "\"more\":1", "without a reason"),
            (.cancelled, #""seconds":1.0,"leftBehind":[]"#, "cancelled in 1.0 s"),
        ]
    )
    func summaries(event: EventName, members: String, line: String) throws {
        #expect(EventLine.summary(try received(event, members).event) == line)
    }

    @Test("the full line has the time, the id and the event's name, and no control characters of others")
    func fullLine() throws {
        let progress = try received(.progress, #""phase":"\u001b[2Jcopying\nx""#)
        #expect(EventLine.full(progress.event) == "13:00:00.250Z dr-1  progress   [2Jcopying x")
        let nameless = try received(.rejected, id: nil, #""error":{"code":"not_utf8","message":"m"}"#)
        #expect(EventLine.full(nameless.event) == "13:00:00.250Z (no id)  rejected   not_utf8: m")
    }

    @Test("as JSON an event is one line with every field, also those unknown here")
    func json() throws {
        let body =
            "{\"specversion\":\"1.0\",\n \"id\":\"x\",\"source\":\"s\",\"type\":\"\(EventName.started.type)\","
            + "\"time\":\"2026-11-21T13:00:00Z\",\r\n\"new\":[1],\"data\":{}}"
        let json = try ReceivedEvent(body: Array(body.utf8)).json
        #expect(!json.contains { $0.isNewline })
        #expect(json.contains(#""new":[1]"#))
    }

    @Test("what is no event is an error")
    func noEvent() {
        #expect(throws: CopyEventError.self) { try ReceivedEvent(body: Array("{}".utf8)) }
        #expect(throws: CopyEventError.self) { try ReceivedEvent(body: [0xFF]) }
    }

    @Test(
        "a filter lets through what fits all of its lists",
        arguments: [
            (EventFilter(), true),
            (EventFilter(ids: ["dr-1", "dr-2"]), true),
            (EventFilter(ids: ["dr-2"]), false),
            (EventFilter(kinds: ["document-model"], events: [.accepted]), true),
            (EventFilter(kinds: ["vision-project"]), false),
            (EventFilter(events: [.failed, .rejected]), false),
            (EventFilter(resources: ["west"]), true),
            (EventFilter(resources: ["east"]), true),
            (EventFilter(resources: ["north"]), false),
            (EventFilter(ids: ["dr-1"], resources: ["north"]), false),
        ]
    )
    func filters(filter: EventFilter, passes: Bool) throws {
        #expect(filter.matches(try received(.accepted, Self.route).event) == passes)
    }

    @Test("the broker is asked for no more than the filter needs")
    func routingKeys() {
        #expect(EventFilter(ids: ["a"], resources: ["b"]).routingKeys == ["copy.#"])
        #expect(EventFilter(kinds: ["vision-project"]).routingKeys == ["copy.vision-project.*.*"])
        #expect(EventFilter(events: [.failed, .rejected]).routingKeys == ["copy.*.failed.*", "copy.*.rejected.*"])
    }
}
