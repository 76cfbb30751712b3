import CopyContract
import CopyDomain
import Foundation
import Testing

@Suite("Accepted messages")
struct AcceptedMessagesTests {
    static let idless = modelRequest(#""id":"dr-1","#, "")

    static let forms: [(IncomingMessage, String)] = [
        (message(modelRequest), "dr-1"),
        (message(modelRequest, contentType: "application/json; charset=utf-8"), "dr-1"),
        (message(modelRequest, contentType: #"Application/JSON;Charset="UTF-8""#), "dr-1"),
        (message(modelRequest, contentType: "application/json; charset=US-ASCII"), "dr-1"),
        (message(modelRequest, contentType: nil), "dr-1"),
        (message(modelRequest, contentType: ""), "dr-1"),
        (message(modelRequest, contentEncoding: "identity"), "dr-1"),
        (message(modelRequest, contentEncoding: "UTF-8"), "dr-1"),
        (message("\n\t " + modelRequest + " \r\n"), "dr-1"),
        (message(modelRequest, messageID: "m-1"), "dr-1"),
        (message(idless, messageID: "m-1"), "m-1"),
        (message(modelRequest(#""dr-1""#, "null"), messageID: "m-1"), "m-1"),
        (message(structured(eventAttributes), contentType: "application/cloudevents+json"), "dr-1"),
        (
            message(
                structured(eventAttributes, data: idless),
                contentType: "application/cloudevents+json; charset=utf-8",
                messageID: "m-1"
            ), "urn:mlops/17"
        ),
        (
            message(
                structured(
                    eventAttributes
                        + #","datacontenttype":"application/json","subject":null,"endpoint":"x","n":1,"b":true"#,
                    data: idless
                ),
                contentType: "application/cloudevents+json"
            ), "urn:mlops/17"
        ),
        (
            message(
                #"{\#(eventAttributes),"data_base64":"\#(Data(idless.utf8).base64EncodedString())","data":null}"#,
                contentType: "application/cloudevents+json"
            ), "urn:mlops/17"
        ),
        (message(structured(eventAttributes, data: idless)), "urn:mlops/17"),
        (message(structured(eventAttributes, data: idless), contentType: nil, messageID: "m-1"), "urn:mlops/17"),
        (message(structured(eventAttributes), headers: [("content-type", "application/cloudevents+json")]), "dr-1"),
        (message(idless, headers: binaryHeaders("cloudEvents_")), "urn:mlops/17"),
        (message(idless, headers: binaryHeaders("cloudEvents:")), "urn:mlops/17"),
        (message(idless, messageID: "m-1", headers: binaryHeaders("ce-")), "urn:mlops/17"),
        (message(idless, contentType: nil, headers: binaryHeaders("ce-")), "urn:mlops/17"),
        (
            message(
                idless,
                headers: [
                    ("Ce-Specversion", "1.0"), ("CE-ID", "17"), ("CloudEvents_Source", "urn:mlops"),
                    ("cloudevents:Type", "copy.requested"),
                ]
            ), "urn:mlops/17"
        ),
        (message(modelRequest, headers: binaryHeaders("ce-")), "dr-1"),
        (message(idless, headers: binaryHeaders("ce-") + binaryHeaders("cloudEvents_")), "urn:mlops/17"),
        (message(idless, messageID: "m-1", headers: [("ce-trace", "x"), ("x", "y")]), "m-1"),
    ]

    static func binaryHeaders(_ prefix: String) -> [(name: String, value: String)] {
        [("specversion", "1.0"), ("id", "17"), ("source", "urn:mlops"), ("type", "copy.requested"), ("extra", "x")]
            .map { (prefix + $0.0, $0.1) }
    }

    @Test("every wire form gives the request and its id", arguments: forms.indices)
    func wireForm(index: Int) throws {
        let (message, id) = Self.forms[index]
        let request = try RequestDecoder.decode(message)
        #expect(request.id.rawValue == id)
        #expect(request.kind == .documentModel)
        #expect(request.source.resource.rawValue == "invoices-westus2")
        #expect(request.source.item == ItemID(rawValue: "eccc3f13-8289-4020-ba16-9f1d1374e96f").map(SourceItem.id))
        #expect(request.target.resource.rawValue == "invoices-eastus")
        #expect(request.target.name == nil)
        #expect(request.apiVersion == .formRecognizer2_1)
        #expect(request.deadline == nil)
    }

    @Test("a project may be named by its name and given another")
    func project() throws {
        let request = try RequestDecoder.decode(message(visionRequest))
        #expect(request.kind == .visionProject)
        #expect(request.source.item == .name("Parts line 3"))
        #expect(request.target.name == "Parts line 3 (copy)")
        #expect(request.apiVersion == .customVision3_3)
    }

    @Test("escapes and characters beyond ASCII arrive as they are meant")
    func escapes() throws {
        let body = replacing("Parts line 3 (copy)", by: #"\"Teile\" 😀 \ud83d\ude00 \u00fc\/"#, in: visionRequest)
        #expect(try RequestDecoder.decode(message(body)).target.name == #""Teile" 😀 😀 ü/"#)
    }

    @Test("descriptions and tags may have lines, tabs and marks of direction, which break no line of JSON")
    func prose() throws {
        let prose = #"a\r\n\tb \u200eשלום\u200f \u202aa\u202c \u202bb\u202d\u202e \u2066c\u2067\u2068\u2069"#
        let body = replacing(
            #""description":"d","tags":{"a":"b"}"#,
            by: #""description":"\#(prose)","tags":{"a":"\#(prose)"}"#,
            in: Self.classifierRequest
        )
        let request = try RequestDecoder.decode(message(body))
        let text = try #require(request.target.description)
        #expect(text.hasPrefix("a\r\n\tb") && text.unicodeScalars.contains("\u{2069}"))
        #expect(request.target.tags == ["a": text])
        #expect(!request.content.contains { $0 < 0x20 })
    }

    @Test("version and deadline may be absent; a deadline may be past")
    func deadline() throws {
        let body = modelRequest(#","apiVersion":"v2.1""#, #","deadline":"2001-09-09T03:46:40.1234567+02:00""#)
        let request = try RequestDecoder.decode(message(body))
        #expect(request.apiVersion == nil)
        #expect(request.deadline == Timestamp(milliseconds: 1_000_000_000_123))
    }

    @Test("every API version is accepted for its kind", arguments: APIVersion.allCases)
    func version(version: APIVersion) throws {
        let body =
            switch version.family {
            case .formRecognizer, .documentIntelligence: modelRequest("v2.1", version.rawValue)
            case .customVision: replacing("v3.3", by: version.rawValue, in: visionRequest)
            }
        #expect(try RequestDecoder.decode(message(body)).apiVersion == version)
    }

    @Test("a body of exactly the limit is read")
    func limit() throws {
        let padding = String(repeating: " ", count: RequestDecoder.sizeLimit - modelRequest.utf8.count)
        #expect(try RequestDecoder.decode(message(modelRequest + padding)).id.rawValue == "dr-1")
    }

    // MARK: - Ids that are chosen

    static let classifierRequest = #"""
        {"id":"c-1","kind":"document-classifier","source":{"resource":"west","id":"letters"},"target":{"resource":"east",
        "id":"letters-2","description":"d","tags":{"a":"b"}},"onConflict":"skip","allowDegrade":true,"check":true}
        """#

    @Test("a classifier may be given an id, a description, tags and what to do on a conflict")
    func classifier() throws {
        let request = try RequestDecoder.decode(message(Self.classifierRequest))
        #expect(request.kind == .documentClassifier)
        let spoken = try request.spoken(in: .documentIntelligence4_0)
        #expect(spoken.target.id?.rawValue == "letters-2")
        #expect(spoken.target.description == "d" && spoken.target.tags == ["a": "b"])
        #expect(spoken.onConflict == .skip && spoken.allowsDegrading && spoken.purpose == .check)
    }

    @Test("without a target id the source's stands in where ids are chosen, and nowhere else")
    func standIn() throws {
        let body = modelRequest(#","apiVersion":"v2.1""#, "")
        let request = try RequestDecoder.decode(message(body))
        let modern = try request.spoken(in: .documentIntelligence3_0)
        #expect(modern.target.id?.rawValue == "eccc3f13-8289-4020-ba16-9f1d1374e96f")
        #expect(modern.onConflict == .fail && modern.purpose == .copy && !modern.allowsDegrading)
        #expect(try request.spoken(in: .formRecognizer2_1).target.id == nil)
    }

    @Test("a field is held against the version that the source resource's setting names")
    func lateVersion() throws {
        let body = modelRequest(#""invoices-eastus"},"apiVersion":"v2.1""#, #""invoices-eastus","id":"chosen"}"#)
        let request = try RequestDecoder.decode(message(body))
        #expect(try request.spoken(in: .documentIntelligence4_0).target.id?.rawValue == "chosen")
        let refusal = #expect(throws: Rejection.self) { try request.spoken(in: .formRecognizer2_1) }
        #expect(refusal?.code == .fieldNotInVersion && refusal?.field == "target.id")
        #expect(refusal?.requestID?.rawValue == "dr-1")
    }

    static let ids: [(String, Bool)] = [
        ("ab", true), ("a", false), ("A-1_b.c~d", true), ("-ab", false), ("a/b", false), ("a:b", false),
        (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false), ("prebuilt-mine", false),
        ("Prebuilt-mine", false), ("prebuilt", true),
    ]

    @Test("an id that is chosen follows Azure's rule", arguments: ids)
    func choosable(id: String, isRight: Bool) throws {
        #expect(try #require(ItemID(rawValue: id)).isChoosable == isRight)
    }

    // MARK: - Content

    @Test("the content is canonical JSON")
    func content() throws {
        let content = try RequestDecoder.decode(message(visionRequest)).content
        #expect(
            String(decoding: content, as: UTF8.self)
                == #"{"apiVersion":"v3.3","kind":"vision-project","source":{"name":"Parts line 3","#
                + #""resource":"vision-west"},"target":{"name":"Parts line 3 (copy)","resource":"vision-east"}}"#
        )
    }

    static let sameContent = [
        modelRequest("dr-1", "dr-2"),
        modelRequest(adding: #""deadline":"2026-11-21T13:00:00Z""#),
        modelRequest(adding: #""onConflict":null,"deadline":null"#),
        modelRequest(#""invoices-eastus""#, #""invoices-eastus","id":null,"name":null,"description":null,"tags":{}"#),
        modelRequest(#""invoices-eastus""#, #""invoices-eastus","tags":{"a":null}"#),
        modelRequest("document-model", #"docu\u006dent-model"#),
        modelRequest(adding: #""check":false,"allowDegrade":false"#),
        """
        {"apiVersion":"v2.1","target":{"resource":"invoices-eastus"},
        "source":{"id":"eccc3f13-8289-4020-ba16-9f1d1374e96f","resource":"invoices-westus2"},
        "kind":"document-model","id":"x"}
        """,
    ]

    @Test("spelling, order, nulls, id and deadline do not change the content", arguments: sameContent)
    func same(body: String) throws {
        let original = try RequestDecoder.decode(message(modelRequest)).content
        #expect(try RequestDecoder.decode(message(body)).content == original)
    }

    static let otherContent = [
        modelRequest("eastus", "northeurope"), modelRequest("westus2", "westus3"), modelRequest("eccc", "eccd"),
        modelRequest("v2.1", "v2.0"), modelRequest(#","apiVersion":"v2.1""#, ""),
        modelRequest(adding: #""check":true"#), modelRequest(adding: #""allowDegrade":true"#),
    ]

    @Test("another resource, item or version is other content", arguments: otherContent)
    func other(body: String) throws {
        let original = try RequestDecoder.decode(message(modelRequest)).content
        #expect(try RequestDecoder.decode(message(body)).content != original)
    }

    // MARK: - Drafts

    @Test("what the encoder writes the decoder reads")
    func draft() throws {
        var draft = RequestDraft()
        draft.id = "cli/1"
        draft.kind = "vision-project"
        draft.sourceResource = "a"
        draft.sourceName = "p \"1\" / ü"
        draft.targetResource = "b"
        draft.targetName = "q"
        draft.apiVersion = "v3.4-preview"
        draft.deadline = "2026-11-21T13:00:00Z"
        let bytes = RequestEncoder.encode(draft)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"id":"cli/1","kind":"vision-project","source":{"resource":"a","name":"p \"1\" / ü"},"#
                + #""target":{"resource":"b","name":"q"},"apiVersion":"v3.4-preview","#
                + #""deadline":"2026-11-21T13:00:00Z"}"#
        )
        let request = try RequestDecoder.decode(message(String(decoding: bytes, as: UTF8.self)))
        #expect(request.source.item == .name("p \"1\" / ü"))
        #expect(request.deadline?.rfc3339 == "2026-11-21T13:00:00.000Z")
    }

    @Test("a draft with everything writes everything, tags by name")
    func fullDraft() {
        var draft = RequestDraft()
        draft.sourceID = "s"
        draft.targetID = "t"
        draft.targetDescription = "d"
        draft.targetTags = ["b": "2", "a": "1"]
        draft.onConflict = "skip"
        draft.allowsDegrading = true
        draft.isCheck = true
        #expect(
            String(decoding: RequestEncoder.encode(draft), as: UTF8.self)
                == #"{"source":{"id":"s"},"target":{"id":"t","description":"d","tags":{"a":"1","b":"2"}},"#
                + #""onConflict":"skip","allowDegrade":true,"check":true}"#
        )
    }
}
