import CopyContract
import CopyDomain
import Testing

struct BadMessage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let message: IncomingMessage
    let code: RejectionCode
    let field: String?

    init(_ what: String, _ message: IncomingMessage, _ code: RejectionCode, _ field: String? = nil) {
        testDescription = what
        self.message = message
        self.code = code
        self.field = field
    }

    init(_ what: String, _ body: String, _ code: RejectionCode, _ field: String? = nil) {
        self.init(what, CopyContractTests.message(body), code, field)
    }

    init(_ what: String, bytes: [UInt8], _ code: RejectionCode, _ field: String? = nil) {
        var message = CopyContractTests.message("")
        message.body = bytes
        self.init(what, message, code, field)
    }
}

@Suite("Refused messages")
struct RejectedMessagesTests {
    static let texts: [BadMessage] = [
        BadMessage("an empty body", "", .malformedJSON),
        BadMessage("white space only", " \n ", .malformedJSON),
        BadMessage("no JSON", "copy this please", .malformedJSON),
        BadMessage("a truncated request", String(modelRequest.dropLast(10)), .malformedJSON),
        BadMessage("something after the end", modelRequest + "x", .malformedJSON),
        BadMessage("two requests", modelRequest + modelRequest, .malformedJSON),
        BadMessage("an array", "[\(modelRequest)]", .malformedJSON),
        BadMessage("a string", "\"copy\"", .malformedJSON),
        BadMessage("a trailing comma", modelRequest.dropLast() + ",}", .malformedJSON),
        BadMessage("a comment", "/* copy */" + modelRequest, .malformedJSON),
        BadMessage("single quotes", "{'id':'x'}", .malformedJSON),
        BadMessage("NaN", #"{"id":NaN}"#, .malformedJSON, "id"),
        BadMessage("a line break in a string", "{\"id\":\"a\nb\"}", .malformedJSON, "id"),
        BadMessage("an unknown escape", #"{"id":"\x41"}"#, .malformedJSON, "id"),
        BadMessage("half a surrogate pair", #"{"id":"\ud83d"}"#, .malformedJSON, "id"),
        BadMessage(
            "deep nesting",
            String(repeating: "[", count: 100_000),
            .malformedJSON,
            String(repeating: "[0]", count: 32)
        ),
        BadMessage(
            "deep nesting of objects",
            String(repeating: #"{"a":"#, count: 33) + "1",
            .malformedJSON,
            Array(repeating: "a", count: 32).joined(separator: ".")
        ),
        BadMessage(
            "a huge number",
            modelRequest(adding: #""n":1\#(String(repeating: "0", count: 400))"#),
            .malformedJSON,
            "n"
        ),
        BadMessage("an 8 MB body", String(repeating: " ", count: 8 << 20), .tooLarge),
        BadMessage(
            "one byte too many",
            modelRequest + String(repeating: " ", count: 256 * 1024 + 1 - modelRequest.utf8.count),
            .tooLarge
        ),
        BadMessage("a key twice", modelRequest(adding: #""kind":"document-model""#), .duplicateKey, "kind"),
        BadMessage("a key twice, once escaped", modelRequest(adding: #""k\u0069nd":"x""#), .duplicateKey, "kind"),
        BadMessage(
            "a key twice further down",
            modelRequest(#""target":{"#, #""target":{"resource":"x","#),
            .duplicateKey,
            "target.resource"
        ),
        BadMessage("a byte order mark", "\u{FEFF}" + modelRequest, .notUTF8),
        BadMessage("Latin-1", bytes: Array(#"{"id":""#.utf8) + [0xFC] + Array(#""}"#.utf8), .notUTF8),
        BadMessage(
            "an overlong encoding",
            bytes: Array(#"{"id":""#.utf8) + [0xC0, 0xAF] + Array(#""}"#.utf8),
            .notUTF8
        ),
        BadMessage(
            "an encoded surrogate",
            bytes: Array(#"{"id":""#.utf8) + [0xED, 0xA0, 0x80] + Array(#""}"#.utf8),
            .notUTF8
        ),
        BadMessage("UTF-16 with a mark", bytes: [0xFF, 0xFE] + modelRequest.utf8.flatMap { [$0, 0] }, .notUTF8),
        BadMessage("UTF-16 without a mark", bytes: modelRequest.utf8.flatMap { [0, $0] }, .notUTF8),
        BadMessage("UTF-32", bytes: modelRequest.utf8.flatMap { [$0, 0, 0, 0] }, .notUTF8),
        BadMessage("binary", bytes: [0x1F, 0x8B, 0x08, 0, 0, 0], .notUTF8),
    ]

    static let fields: [BadMessage] = [
        BadMessage("no id anywhere", modelRequest(#""id":"dr-1","#, ""), .missingID, "id"),
        BadMessage("an id that is null", modelRequest(#""dr-1""#, "null"), .missingID, "id"),
        BadMessage("an empty id", modelRequest("dr-1", ""), .invalidField, "id"),
        BadMessage("an id with a space", modelRequest("dr-1", "dr 1"), .invalidField, "id"),
        BadMessage("an id with control characters", modelRequest("dr-1", #"dr\u0000\u001b[31m"#), .invalidField, "id"),
        BadMessage("an id with a hash", modelRequest("dr-1", "dr#1"), .invalidField, "id"),
        BadMessage("an id of 129", modelRequest("dr-1", String(repeating: "a", count: 129)), .invalidField, "id"),
        BadMessage("an id beyond ASCII", modelRequest("dr-1", "dré"), .invalidField, "id"),
        BadMessage("an id that is a number", modelRequest(#""dr-1""#, "17"), .invalidField, "id"),
        BadMessage("no kind", modelRequest(#""kind":"document-model","#, ""), .missingField, "kind"),
        BadMessage("an unknown kind", modelRequest("document-model", "spreadsheet"), .unknownKind, "kind"),
        BadMessage("a kind in capitals", modelRequest("document-model", "Document-Model"), .unknownKind, "kind"),
        BadMessage(
            "a classifier of v2",
            modelRequest("document-model", "document-classifier"),
            .unknownVersion,
            "apiVersion"
        ),
        BadMessage(
            "a chosen id with a colon",
            modelRequest(
                #""invoices-eastus"},"apiVersion":"v2.1""#,
                #""invoices-eastus","id":"a:b"},"apiVersion":"2024-11-30""#
            ),
            .invalidField,
            "target.id"
        ),
        BadMessage(
            "a source id that cannot be the target's",
            replacing(
                "eccc3f13-8289-4020-ba16-9f1d1374e96f",
                by: "prebuilt-layout",
                in: modelRequest("v2.1", "2023-07-31")
            ),
            .missingField,
            "target.id"
        ),
        BadMessage(
            "a description of 4097",
            modelRequest(
                #""invoices-eastus"},"apiVersion":"v2.1""#,
                #""invoices-eastus","description":""# + String(repeating: "x", count: 4097)
                    + #""},"apiVersion":"2024-11-30""#
            ),
            .invalidField,
            "target.description"
        ),
        BadMessage("a check that is a string", modelRequest(adding: #""check":"yes""#), .invalidField, "check"),
        BadMessage(
            "degrading of a project",
            replacing(#""kind":"#, by: #""allowDegrade":true,"kind":"#, in: visionRequest),
            .fieldNotInVersion,
            "allowDegrade"
        ),
        BadMessage("a kind that is an array", modelRequest(#""document-model""#, "[]"), .invalidField, "kind"),
        BadMessage(
            "no source",
            #"{"id":"x","kind":"document-model","target":{"resource":"a"}}"#,
            .missingField,
            "source"
        ),
        BadMessage(
            "no target",
            modelRequest(#""target":{"resource":"invoices-eastus"}"#, #""target":null"#),
            .missingField,
            "target"
        ),
        BadMessage(
            "a source that is a string",
            modelRequest(#"{"resource":"invoices-eastus"}"#, #""invoices""#),
            .invalidField,
            "target"
        ),
        BadMessage(
            "no source resource",
            modelRequest(#""resource":"invoices-westus2","#, ""),
            .missingField,
            "source.resource"
        ),
        BadMessage(
            "a resource in capitals",
            modelRequest("invoices-eastus", "Invoices"),
            .invalidField,
            "target.resource"
        ),
        BadMessage(
            "a resource that is a URL",
            modelRequest("invoices-eastus", "https://evil.example"),
            .invalidField,
            "target.resource"
        ),
        BadMessage(
            "a resource of 64",
            modelRequest("invoices-eastus", String(repeating: "a", count: 64)),
            .invalidField,
            "target.resource"
        ),
        BadMessage(
            "no source id",
            modelRequest(#","id":"eccc3f13-8289-4020-ba16-9f1d1374e96f""#, ""),
            .missingField,
            "source.id"
        ),
        BadMessage("a source id with a query", modelRequest("eccc3f13", "x?y=1"), .invalidField, "source.id"),
        BadMessage(
            "id and name of a source",
            replacing(#""name":"Parts line 3""#, by: #""name":"p","id":"q""#, in: visionRequest),
            .invalidField,
            "source.name"
        ),
        BadMessage(
            "an endpoint smuggled in",
            modelRequest(#"{"resource":"invoices-e"#, #"{"endpoint":"https://evil.example","resource":"invoices-e"#),
            .unknownField,
            "target.endpoint"
        ),
        BadMessage(
            "a key smuggled in",
            modelRequest(#"{"resource":"invoices-w"#, #"{"key":"canary-secret","resource":"invoices-w"#),
            .unknownField,
            "source.key"
        ),
        BadMessage("a URL at the top", modelRequest(adding: #""url":"https://evil.example""#), .unknownField, "url"),
        BadMessage("a key in capitals", modelRequest(adding: #""Kind":"document-model""#), .unknownField, "Kind"),
        BadMessage(
            "a key that only looks like one",
            modelRequest(adding: "\"\u{212A}ind\":1"),
            .unknownField,
            "\u{212A}ind"
        ),
        BadMessage(
            "an unknown field that is null",
            modelRequest(adding: #""priority":null"#),
            .unknownField,
            "priority"
        ),
        BadMessage("an unknown version", modelRequest("v2.1", "v9"), .unknownVersion, "apiVersion"),
        BadMessage("a version of another kind", modelRequest("v2.1", "v3.3"), .unknownVersion, "apiVersion"),
        BadMessage("a version as a number", modelRequest(#""v2.1""#, "2.1"), .invalidField, "apiVersion"),
        BadMessage(
            "target.id with v2",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","id":"x""#),
            .fieldNotInVersion,
            "target.id"
        ),
        BadMessage(
            "target.name with a model",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","name":"x""#),
            .fieldNotInVersion,
            "target.name"
        ),
        BadMessage(
            "target.description",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","description":"x""#),
            .fieldNotInVersion,
            "target.description"
        ),
        BadMessage(
            "target.tags",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":{"a":"b"}"#),
            .fieldNotInVersion,
            "target.tags"
        ),
        BadMessage(
            "tags that are no object",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":[1]"#),
            .invalidField,
            "target.tags"
        ),
        BadMessage(
            "tags whose names are one text in two spellings",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":{"\u00e9":"1","e\u0301":"2"}"#),
            .invalidField,
            "target.tags"
        ),
        BadMessage(
            "tags that are no strings",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":{"a":1}"#),
            .invalidField,
            "target.tags.a"
        ),
        BadMessage(
            "a tag's value of 257",
            modelRequest(
                #""invoices-eastus""#,
                #""invoices-eastus","tags":{"a":"","b":""# + String(repeating: "x", count: 257) + #""}"#
            ),
            .invalidField,
            "target.tags.b"
        ),
        BadMessage(
            "a tag's name with a line break",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":{"a\nb":""}"#),
            .invalidField,
            "target.tags.a b"
        ),
        BadMessage(
            "a tag without a name",
            modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":{"":"x"}"#),
            .invalidField,
            "target.tags."
        ),
        BadMessage(
            "a tag of a long name that is no string",
            modelRequest(
                #""invoices-eastus""#,
                #""invoices-eastus","tags":{""# + String(repeating: "n", count: 300) + #"":1}"#
            ),
            .invalidField,
            "target.tags." + String(repeating: "n", count: 64) + "…"
        ),
        BadMessage(
            "source.name of a model",
            modelRequest(#""id":"eccc3f13-8289-4020-ba16-9f1d1374e96f""#, #""name":"x""#),
            .fieldNotInVersion,
            "source.name"
        ),
        BadMessage(
            "onConflict with v2",
            modelRequest(adding: #""onConflict":"fail""#),
            .fieldNotInVersion,
            "onConflict"
        ),
        BadMessage(
            "an unknown onConflict",
            modelRequest(adding: #""onConflict":"overwrite""#),
            .invalidField,
            "onConflict"
        ),
        BadMessage(
            "target.id of a project",
            replacing(#""resource":"vision-east""#, by: #""resource":"vision-east","id":"x""#, in: visionRequest),
            .fieldNotInVersion,
            "target.id"
        ),
        BadMessage(
            "an empty name",
            replacing("Parts line 3 (copy)", by: "", in: visionRequest),
            .invalidField,
            "target.name"
        ),
        BadMessage(
            "a name of 257",
            replacing("Parts line 3 (copy)", by: String(repeating: "ü", count: 257), in: visionRequest),
            .invalidField,
            "target.name"
        ),
        BadMessage(
            "a name with a line break",
            replacing("Parts line 3 (copy)", by: #"a\nb"#, in: visionRequest),
            .invalidField,
            "target.name"
        ),
        BadMessage(
            "a deadline without offset",
            modelRequest(adding: #""deadline":"2026-11-21T13:00:00""#),
            .invalidField,
            "deadline"
        ),
        BadMessage(
            "a deadline as a number",
            modelRequest(adding: #""deadline":1795266000"#),
            .invalidField,
            "deadline"
        ),
        BadMessage(
            "a deadline on a day that is none",
            modelRequest(adding: #""deadline":"2026-02-29T13:00:00Z""#),
            .invalidField,
            "deadline"
        ),
        BadMessage(
            "a deadline in the year 9999",
            modelRequest(adding: #""deadline":"9999-01-01T00:00:00Z""#),
            .invalidField,
            "deadline"
        ),
    ]

    static let envelopes: [BadMessage] = [
        BadMessage("plain text", message(modelRequest, contentType: "text/plain"), .wrongContentType, "content-type"),
        BadMessage("XML", message(modelRequest, contentType: "application/xml"), .wrongContentType, "content-type"),
        BadMessage(
            "no content type at all",
            message(modelRequest, contentType: "json"),
            .wrongContentType,
            "content-type"
        ),
        BadMessage(
            "another charset",
            message(modelRequest, contentType: "application/json; charset=utf-16"),
            .wrongContentType,
            "content-type"
        ),
        BadMessage(
            "a batch",
            message("[]", contentType: "application/cloudevents-batch+json"),
            .wrongContentType,
            "content-type"
        ),
        BadMessage("gzip", message(modelRequest, contentEncoding: "gzip"), .wrongContentEncoding, "content-encoding"),
        BadMessage(
            "a message-id that is no id",
            message(modelRequest(#""id":"dr-1","#, ""), messageID: "ID:a b"),
            .invalidField,
            "id"
        ),
        BadMessage("an event that is an array", event("[]"), .malformedCloudEvent),
        BadMessage(
            "an event without id",
            event(structured(#""specversion":"1.0","source":"s","type":"t""#)),
            .malformedCloudEvent,
            "id"
        ),
        BadMessage(
            "an event without source",
            event(structured(#""specversion":"1.0","id":"1","type":"t""#)),
            .malformedCloudEvent,
            "source"
        ),
        BadMessage(
            "an event without type",
            event(structured(#""specversion":"1.0","id":"1","source":"s""#)),
            .malformedCloudEvent,
            "type"
        ),
        BadMessage(
            "an event without version",
            event(structured(#""id":"1","source":"s","type":"t""#)),
            .malformedCloudEvent,
            "specversion"
        ),
        BadMessage(
            "CloudEvents 0.3",
            event(structured(replacing("1.0", by: "0.3", in: eventAttributes))),
            .malformedCloudEvent,
            "specversion"
        ),
        BadMessage(
            "an event id that is a number",
            event(structured(replacing(#""17""#, by: "17", in: eventAttributes))),
            .malformedCloudEvent,
            "id"
        ),
        BadMessage(
            "an attribute that is an object",
            event(structured(eventAttributes + #","subject":{}"#)),
            .malformedCloudEvent,
            "subject"
        ),
        BadMessage("an event as JSON, without data", message("{\(eventAttributes)}"), .malformedCloudEvent, "data"),
        BadMessage(
            "a request with a version of CloudEvents",
            modelRequest(adding: #""specversion":"1.0""#),
            .malformedCloudEvent,
            "source"
        ),
        BadMessage("an event without data", event("{\(eventAttributes)}"), .malformedCloudEvent, "data"),
        BadMessage(
            "data as a string",
            event(structured(eventAttributes, data: #""{}""#)),
            .malformedCloudEvent,
            "data"
        ),
        BadMessage(
            "data twice",
            event(#"{\#(eventAttributes),"data":\#(modelRequest),"data_base64":"e30="}"#),
            .malformedCloudEvent,
            "data_base64"
        ),
        BadMessage("no base64", base64(#""{}""#), .malformedCloudEvent, "data_base64"),
        BadMessage("base64 without padding", base64(#""e30""#), .malformedCloudEvent, "data_base64"),
        BadMessage("base64 of two lines", base64(#""e3\n0=""#), .malformedCloudEvent, "data_base64"),
        BadMessage("base64 that is an object", base64("{}"), .malformedCloudEvent, "data_base64"),
        BadMessage("base64 of an array", base64(#""W10=""#), .malformedCloudEvent, "data_base64"),
        BadMessage("base64 of nothing", base64(#""""#), .malformedJSON, "data_base64"),
        BadMessage("base64 of no JSON", base64(#""eyJpZCI6fQ==""#), .malformedJSON, "data_base64"),
        BadMessage("base64 of Latin-1", base64(#""eyJpZCI6IvwifQ==""#), .notUTF8, "data_base64"),
        BadMessage(
            "data that is XML",
            event(structured(eventAttributes + #","datacontenttype":"application/xml""#)),
            .wrongContentType,
            "datacontenttype"
        ),
        BadMessage(
            "an unknown field in data",
            event(structured(eventAttributes, data: modelRequest(adding: #""key":"k""#))),
            .unknownField,
            "key"
        ),
        BadMessage(
            "a key twice in data",
            event(structured(eventAttributes, data: modelRequest(adding: #""id":"k""#))),
            .duplicateKey,
            "data.id"
        ),
        BadMessage(
            "an attribute of two values whose name breaks its line",
            binary(("ce-a\r\nb", "1"), ("ce-a\r\nb", "2")),
            .malformedCloudEvent,
            "a b"
        ),
        BadMessage(
            "an event whose source and id make no request id",
            event(
                structured(
                    replacing("urn:mlops", by: "urn:ml ops", in: eventAttributes),
                    data: modelRequest(#""id":"dr-1","#, "")
                )
            ),
            .invalidField,
            "id"
        ),
        BadMessage(
            "a binary event without source",
            binary(("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-type", "t")),
            .malformedCloudEvent,
            "source"
        ),
        BadMessage(
            "a binary event with two ids",
            binary(
                ("ce-specversion", "1.0"),
                ("ce-id", "1"),
                ("Cloudevents_Id", "2"),
                ("ce-type", "t"),
                ("ce-source", "s")
            ),
            .malformedCloudEvent,
            "id"
        ),
    ]

    static func event(_ body: String) -> IncomingMessage {
        message(body, contentType: "application/cloudevents+json; charset=utf-8")
    }

    static func base64(_ data: String) -> IncomingMessage {
        event(#"{\#(eventAttributes),"data_base64":\#(data)}"#)
    }

    static func binary(_ headers: (name: String, value: String)...) -> IncomingMessage {
        message(modelRequest, headers: headers)
    }

    @Test("is refused with its code and field", arguments: texts + fields + envelopes)
    func isRefused(bad: BadMessage) throws {
        let refusal = try #require(rejection(of: bad.message))
        #expect(refusal.code == bad.code, "\(refusal.message)")
        #expect(refusal.field == bad.field, "\(refusal.message)")
        #expect(!refusal.message.isEmpty && refusal.message.utf8.count < 400)
        #expect(!Printable.hasControls(refusal.message + (refusal.field ?? "")))
        #expect(!refusal.message.contains("canary") && !refusal.message.contains("evil"))
    }

    @Test("there are enough of them")
    func enough() {
        #expect(Self.texts.count + Self.fields.count + Self.envelopes.count >= 45)
    }

    @Test("a refusal names what was understood before the fault")
    func partial() throws {
        let refusal = try #require(rejection(of: message(modelRequest("v2.1", "v9"))))
        #expect(refusal.requestID?.rawValue == "dr-1")
        #expect(refusal.kind == .documentModel)
        #expect(refusal.targetResource?.rawValue == "invoices-eastus")
    }

    @Test("a refusal of what cannot be parsed names nothing")
    func nothingUnderstood() throws {
        let refusal = try #require(rejection(of: message(modelRequest + "}", messageID: "m-1")))
        #expect(refusal.requestID == nil && refusal.kind == nil && refusal.targetResource == nil)
    }

    @Test("a command among requests is told where it belongs, under the id of the request that it is about")
    func command() throws {
        let refusal = try #require(rejection(of: message(#"{"command":"cancel","id":"dr-1"}"#)))
        #expect(refusal.code == .unknownCommand && refusal.field == "command")
        #expect(refusal.message.contains("the queue for commands") && refusal.requestID?.rawValue == "dr-1")
    }

    @Test("an invalid part is not passed off as understood")
    func invalidParts() throws {
        let body = #"{"id":"a b","kind":"document-model","target":{"resource":"UPPER"}}"#
        let refusal = try #require(rejection(of: message(body)))
        #expect(refusal.requestID == nil && refusal.kind == .documentModel && refusal.targetResource == nil)
    }

    @Test("an unknown version is answered with the kind's own versions")
    func listsVersions() throws {
        let refusal = try #require(rejection(of: message(modelRequest("v2.1", "v3.3"))))
        #expect(
            refusal.message
                == #"apiVersion: no API version "v3.3" of document-model; known: v2.0-preview, v2.0, v2.1, "#
                + "2022-08-31, 2023-07-31, 2024-11-30"
        )
    }

    static let controls = [
        (#"ab\u0007"#, "character 3 is U+0007"), (#"\u0000"#, "character 1 is U+0000"),
        (#"\ud83d\ude00\n\u2028"#, "character 3 is U+2028"), (#"a\u0085"#, "character 2 is U+0085"),
    ]

    @Test("a control character is named where it is refused", arguments: controls)
    func control(text: String, named: String) throws {
        let description = modelRequest(#""invoices-eastus""#, #""invoices-eastus","description":"\#(text)""#)
        let refusal = try #require(rejection(of: message(description)))
        #expect(refusal.message.hasPrefix("target.description: \(named);"))
        let tag = modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":{"t":"\#(text)"}"#)
        #expect(rejection(of: message(tag))?.message.hasPrefix("target.tags.t: \(named);") == true)
        let bell = replacing("Parts line 3 (copy)", by: #"a\u0007"#, in: visionRequest)
        #expect(rejection(of: message(bell))?.message.hasPrefix("target.name: character 2 is U+0007;") == true)
    }

    @Test("a fault in the text is placed by line, column and path")
    func place() throws {
        let refusal = try #require(rejection(of: message("{\"source\":\n {\"id\": oops}}")))
        #expect(refusal.message == "the body: no JSON value begins like this (line 2, column 9, at source.id)")
    }

    @Test("every code has advice", arguments: RejectionCode.allCases)
    func advice(code: RejectionCode) {
        #expect(code.advice.hasSuffix("."))
    }
}
