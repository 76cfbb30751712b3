import CopyContract
import CopyDomain
import Testing

@Suite("Events")
struct EventTests {
    let encoder = EventEncoder(source: "urn:azure-copy-worker")
    let context = EventContext(
        correlationID: "ask-7",
        traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    )

    /// 2026-11-21T12:00:00Z
    static let accepted = Timestamp(milliseconds: 1_795_262_400_000)
    static let finished = accepted + .milliseconds(14_250)

    static func plan(
        _ version: APIVersion = .formRecognizer2_1,
        kind: CopyKind? = nil,
        item: String = "src-1"
    ) throws -> CopyPlan {
        let west = try #require(ResourceName(rawValue: "west"))
        let east = try #require(ResourceName(rawValue: "east"))
        let request = CopyRequest(
            id: try #require(RequestID(rawValue: "dr-1")),
            kind: kind ?? version.kinds[0],
            source: CopySource(resource: west, item: .id(try #require(ItemID(rawValue: item)))),
            target: CopyTarget(
                resource: east,
                id: version.family == .documentIntelligence ? ItemID(rawValue: "chosen") : nil,
                name: version.family == .customVision ? "Wanted" : nil
            ),
            apiVersion: version,
            deadline: nil
        )
        return CopyPlan(
            request: request,
            source: FrozenResource(name: west, endpoint: "https://w.example", armID: "/s/w", region: "westus2"),
            target: FrozenResource(name: east, endpoint: "https://e.example", armID: "/s/e", region: "eastus"),
            acceptedAt: accepted,
            deadline: accepted + .seconds(3600),
            limits: MachineLimits()
        )
    }

    @Test("a success is these bytes")
    func succeeded() throws {
        let event = encoder.outcome(
            .succeeded(
                CopySuccess(targetID: "new-1", targetName: nil, verified: ["target model is ready"], attempts: 1)
            ),
            of: try Self.plan(),
            run: 1,
            sequence: 5,
            context: context,
            startedAt: Self.accepted + .seconds(1),
            finishedAt: Self.finished
        )
        #expect(event.eventID == "dr-1#1#succeeded" && event.messageID == event.eventID)
        #expect(event.routingKey == "copy.document-model.succeeded.east")
        #expect(event.contentType == "application/cloudevents+json")
        #expect(event.type == "io.azure-copy-worker.copy.succeeded.v1")
        #expect(event.correlationID == "ask-7" && event.timestamp == Self.finished)
        #expect(
            String(decoding: event.body, as: UTF8.self) == """
                {"specversion":"1.0","id":"dr-1#1#succeeded","source":"urn:azure-copy-worker",\
                "type":"io.azure-copy-worker.copy.succeeded.v1","subject":"dr-1","time":"2026-11-21T12:00:14.250Z",\
                "datacontenttype":"application/json","sequence":"0000000005",\
                "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
                "data":{"event":"succeeded","requestId":"dr-1","run":1,"kind":"document-model","apiVersion":"v2.1",\
                "source":{"resource":"west","id":"src-1"},"target":{"resource":"east","id":"new-1",\
                "url":"https://e.example/formrecognizer/v2.1/custom/models/new-1"},\
                "verified":["target model is ready"],"warnings":[],"attempts":1,\
                "acceptedAt":"2026-11-21T12:00:00.000Z",\
                "startedAt":"2026-11-21T12:00:01.000Z","finishedAt":"2026-11-21T12:00:14.250Z","seconds":14.250}}
                """
        )
    }

    @Test("the headers are the attributes, and the trace context under its own name")
    func headers() throws {
        let event = encoder.accepted(
            try Self.plan(),
            run: 1,
            sequence: 1,
            context: context,
            at: Self.accepted
        )
        #expect(
            event.headers.map { "\($0.name)=\($0.value)" } == [
                "cloudEvents_specversion=1.0", "cloudEvents_id=dr-1#1#accepted",
                "cloudEvents_source=urn:azure-copy-worker",
                "cloudEvents_type=io.azure-copy-worker.copy.accepted.v1", "cloudEvents_subject=dr-1",
                "cloudEvents_time=2026-11-21T12:00:00.000Z", "cloudEvents_datacontenttype=application/json",
                "cloudEvents_sequence=0000000001",
                "cloudEvents_traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ]
        )
    }

    @Test("a failure says what happened, what to do, and what Azure said")
    func failed() throws {
        let west = try #require(ResourceName(rawValue: "west"))
        let failure = CopyFailure(
            code: .copyFailed,
            message: "The copy failed.",
            azure: AzureError(
                status: 200,
                code: "1022",
                innerCode: nil,
                message: "Bad\u{1B}[31m\nthings",
                requestID: "apim-1"
            ),
            leftBehind: [
                LeftBehind(resource: west, item: .model(id: "m")), LeftBehind(resource: west, item: .project(id: "p")),
                LeftBehind(resource: west, item: .projectName("n")),
                LeftBehind(
                    resource: west,
                    item: .emptyModel(from: Self.accepted, to: Self.finished, suspects: ["a", "b"])
                ),
            ],
            attempts: 2
        )
        let event = encoder.outcome(
            .failed(failure),
            of: try Self.plan(),
            run: 2,
            sequence: 9,
            context: EventContext(),
            finishedAt: Self.finished
        )
        #expect(event.eventID == "dr-1#2#failed" && event.correlationID == "dr-1")
        let data = try #require(JSONParser.parse(event.body)["data"])
        let names = ["error", "leftBehind", "targetDeleted", "warnings", "attempts"]
        let fields = names.compactMap { name in data[name].map { JSONField(name, $0) } }
        #expect(
            String(decoding: JSONText.encode(.object(fields)), as: UTF8.self) == """
                {"error":{"code":"copy_failed","message":"The copy failed.",\
                "advice":"Azure gave up on the copy; try again with a new request, then ask Azure's support.",\
                "retryHelps":true,"azure":{"status":200,"code":"1022","message":"Bad [31m things",\
                "requestId":"apim-1"}},"leftBehind":[{"resource":"west","type":"model","id":"m"},\
                {"resource":"west","type":"project","id":"p"},{"resource":"west","type":"project-name","name":"n"},\
                {"resource":"west","type":"empty-model","createdFrom":"2026-11-21T12:00:00.000Z",\
                "createdTo":"2026-11-21T12:00:14.250Z","suspects":["a","b"]}],\
                "targetDeleted":false,"warnings":[],"attempts":2}
                """
        )
    }

    @Test("a cancelled run names what is left")
    func cancelled() throws {
        let event = encoder.outcome(
            .cancelled(CopyCancellation(leftBehind: [], targetDeleted: true)),
            of: try Self.plan(.customVision3_3),
            run: 1,
            sequence: 3,
            context: EventContext(),
            finishedAt: Self.finished
        )
        #expect(event.routingKey == "copy.vision-project.cancelled.east")
        let decoded = try CopyEvent.decode(body: event.body)
        #expect(decoded.event == .cancelled && decoded.targetName == "Wanted" && decoded.targetID == nil)
        #expect(decoded.data["leftBehind"] == .array([]) && decoded.data["targetDeleted"] == .bool(true))
    }

    @Test("a message of Azure's is cut to a thousand characters")
    func cut() throws {
        let failure = CopyFailure(
            code: .requestRefused,
            message: "m",
            azure: AzureError(message: String(repeating: "ä", count: 5000)),
            leftBehind: [],
            attempts: 1
        )
        let event = encoder.outcome(
            .failed(failure),
            of: try Self.plan(),
            run: 1,
            sequence: 1,
            context: EventContext(),
            finishedAt: Self.finished
        )
        let message = try #require(CopyEvent.decode(body: event.body).error?.azure?.message)
        #expect(message == String(repeating: "ä", count: 1000) + "…")
    }

    @Test("a project's copy has a name and an address")
    func project() throws {
        let event = encoder.outcome(
            .succeeded(CopySuccess(targetID: "p-1", targetName: "Parts", verified: [], attempts: 2)),
            of: try Self.plan(.customVision3_4Preview),
            run: 1,
            sequence: 1,
            context: EventContext(),
            finishedAt: Self.finished
        )
        let decoded = try CopyEvent.decode(body: event.body)
        #expect(decoded.targetID == "p-1" && decoded.targetName == "Parts")
        #expect(decoded.targetURL == "https://e.example/customvision/v3.4-preview/training/projects/p-1")
        #expect(decoded.seconds == 14.25)
    }

    static let addresses: [(APIVersion, CopyKind, String)] = [
        (.formRecognizer2_0, .documentModel, "formrecognizer/v2.0/custom/models/x"),
        (.documentIntelligence3_0, .documentModel, "formrecognizer/documentModels/x?api-version=2022-08-31"),
        (.documentIntelligence3_1, .documentModel, "formrecognizer/documentModels/x?api-version=2023-07-31"),
        (.documentIntelligence4_0, .documentModel, "documentintelligence/documentModels/x?api-version=2024-11-30"),
        (
            .documentIntelligence4_0, .documentClassifier,
            "documentintelligence/documentClassifiers/x?api-version=2024-11-30"
        ),
        (.customVision3_3, .visionProject, "customvision/v3.3/training/projects/x"),
    ]

    @Test("a copy has the address of its version, and its expiration", arguments: addresses)
    func address(version: APIVersion, kind: CopyKind, path: String) throws {
        let success = CopySuccess(
            targetID: "x",
            targetName: nil,
            expires: Self.finished,
            alreadyThere: true,
            verified: [],
            warnings: ["w"],
            attempts: 0
        )
        let event = encoder.outcome(
            .succeeded(success),
            of: try Self.plan(version, kind: kind),
            run: 1,
            sequence: 1,
            context: EventContext(),
            finishedAt: Self.finished
        )
        let decoded = try CopyEvent.decode(body: event.body)
        #expect(decoded.targetURL == "https://e.example/\(path)")
        #expect(decoded.data["target"]?["expiresAt"]?.string == "2026-11-21T12:00:14.250Z")
        #expect(decoded.data["alreadyThere"] == .bool(true) && decoded.data["warnings"] == .array([.string("w")]))
    }

    @Test("a check tells its problems, and is good without them", arguments: [true, false])
    func checked(isGood: Bool) throws {
        let problem = CopyProblem(code: .sourceNotFound, message: "m", azure: AzureError(status: 404))
        let report = CheckReport(problems: isGood ? [] : [problem], verified: ["v"], warnings: [])
        let event = encoder.outcome(
            .checked(report),
            of: try Self.plan(.documentIntelligence4_0),
            run: 1,
            sequence: 1,
            context: EventContext(),
            finishedAt: Self.finished
        )
        #expect(event.routingKey == "copy.document-model.checked.east")
        let decoded = try CopyEvent.decode(body: event.body)
        #expect(decoded.isGood == isGood && decoded.targetID == "chosen")
        #expect(decoded.data["problems"]?.array?.first?["code"]?.string == (isGood ? nil : "source_not_found"))
    }

    @Test("progress says the phase and Azure's status, numbered by its sequence")
    func progress() throws {
        let report = ProgressReport(phase: .copying, azureStatus: "running")
        let event = encoder.progress(
            report,
            of: try Self.plan(),
            run: 1,
            sequence: 4,
            context: EventContext(),
            at: Self.finished
        )
        #expect(event.eventID == "dr-1#1#progress#4")
        #expect(event.routingKey == "copy.document-model.progress.east")
        let decoded = try CopyEvent.decode(body: event.body)
        #expect(decoded.phase == "copying" && decoded.azureStatus == "running")
        #expect(decoded.sequence == 4 && decoded.run == 1)
    }

    @Test("accepted and started tell the deadline")
    func acceptedAndStarted() throws {
        let accepted = encoder.accepted(try Self.plan(), run: 1, sequence: 1, context: context, at: Self.accepted)
        let started = encoder.started(try Self.plan(), run: 1, sequence: 2, context: context, at: Self.finished)
        #expect(accepted.eventID == "dr-1#1#accepted" && started.eventID == "dr-1#1#started")
        for event in [accepted, started] {
            #expect(try JSONParser.parse(event.body)["data"]?["deadline"]?.string == "2026-11-21T13:00:00.000Z")
        }
    }

    // MARK: - Rejected

    @Test("a refusal of something unknown is these bytes")
    func rejected() {
        let event = encoder.rejected(
            Rejection(.malformedJSON, "the body: no JSON value begins like this (line 1, column 1)"),
            body: Array("abc".utf8),
            messageID: "m\n1",
            context: EventContext(),
            at: Self.accepted
        )
        #expect(event.eventID == "unknown#rejected#ba7816bf" && event.correlationID == event.eventID)
        #expect(event.routingKey == "copy.unknown.rejected.unknown")
        #expect(
            String(decoding: event.body, as: UTF8.self) == """
                {"specversion":"1.0","id":"unknown#rejected#ba7816bf","source":"urn:azure-copy-worker",\
                "type":"io.azure-copy-worker.copy.rejected.v1","time":"2026-11-21T12:00:00.000Z",\
                "datacontenttype":"application/json","data":{"event":"rejected","error":{"code":"malformed_json",\
                "message":"the body: no JSON value begins like this (line 1, column 1)",\
                "advice":"Correct the JSON text and send it again."},"received":{"messageId":"m 1","bytes":3,\
                "sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}}}
                """
        )
    }

    @Test("a refusal carries what was understood")
    func rejectedPartly() throws {
        let body = Array(modelRequest("v2.1", "v9").utf8)
        let refusal = try #require(rejection(of: message(modelRequest("v2.1", "v9"))))
        let event = encoder.rejected(refusal, body: body, messageID: nil, context: context, at: Self.accepted)
        #expect(event.eventID.hasPrefix("dr-1#rejected#") && event.correlationID == "ask-7")
        #expect(event.routingKey == "copy.document-model.rejected.invoices-eastus")
        let decoded = try CopyEvent.decode(body: event.body)
        #expect(decoded.requestID == "dr-1" && decoded.kind == "document-model" && decoded.sequence == nil)
        #expect(decoded.targetResource == "invoices-eastus" && decoded.error?.field == "apiVersion")
    }

    // MARK: - Context

    @Test(
        "what is no trace context or correlation id is not carried on",
        arguments: [
            "", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", "00-abc-def-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        ]
    )
    func badContext(traceparent: String) {
        let context = EventContext([
            "traceparent": traceparent, "tracestate": "a=b", "correlation-id": "line\nbreak",
        ])
        #expect(context == EventContext())
        #expect(EventContext(correlationID: String(repeating: "x", count: 256)).correlationID == nil)
    }

    @Test("a checkpoint's context is read")
    func goodContext() throws {
        let parent = try #require(context.traceparent)
        let read = EventContext([
            "traceparent": parent, "correlation-id": "ask-7", "reply-to": "q", "tracestate": "a=b",
        ])
        #expect(read.traceparent == parent && read.correlationID == "ask-7" && read.tracestate == "a=b")
    }

    static let parents = (1...3).map { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\($0)-01" }

    static let traced: [(IncomingMessage, String?, String?)] = [
        (message(modelRequest, headers: [("traceparent", parents[0]), ("tracestate", "a=b")]), parents[0], "a=b"),
        (message(modelRequest, headers: [("TraceParent", parents[0]), ("Tracestate", "a=b")]), parents[0], "a=b"),
        (message(modelRequest, headers: [("cloudEvents_traceparent", parents[0])]), parents[0], nil),
        (message(modelRequest, headers: [("cloudEvents:traceparent", parents[0])]), parents[0], nil),
        (
            message(modelRequest, headers: [("Ce-Traceparent", parents[0]), ("ce-tracestate", "a=b")]),
            parents[0], "a=b"
        ),
        (traced(contentType: "application/cloudevents+json"), parents[2], "c=d"),
        (traced(contentType: nil), parents[2], "c=d"),
        (traced(("ce-traceparent", parents[1])), parents[1], nil),
        (traced(("ce-traceparent", parents[1]), ("traceparent", parents[0])), parents[0], nil),
        (traced(("ce-traceparent", parents[1]), ("traceparent", "00-x")), parents[1], nil),
        (traced(("ce-tracestate", "a=b"), ("ce-traceparent", "")), parents[2], "c=d"),
        (message(modelRequest(adding: #""traceparent":"\#(parents[0])""#)), nil, nil),
        (message(structured(eventAttributes + #","traceparent":"00-x","tracestate":"a=b""#)), nil, nil),
    ]

    static func traced(
        contentType: String? = "application/json",
        _ headers: (name: String, value: String)...
    ) -> IncomingMessage {
        let trace = #","traceparent":"\#(parents[2])","tracestate":"c=d""#
        return message(structured(eventAttributes + trace), contentType: contentType, headers: headers)
    }

    @Test("the trace context is found wherever a message may have it", arguments: traced.indices)
    func traceContext(index: Int) {
        let (message, parent, state) = Self.traced[index]
        let context = EventContext(of: message, correlationID: "c")
        #expect(context.traceparent == parent && context.tracestate == state && context.correlationID == "c")
    }

    // MARK: - Reading

    @Test("a consumer ignores what it does not know")
    func unknownFields() throws {
        let text = """
            {"specversion":"1.0","id":"a#1#failed","source":"urn:x","type":"io.azure-copy-worker.copy.failed.v1",
             "time":"2026-11-21T12:00:00.1234567Z","later":{"x":1},"sequence":"0000000012",
             "data":{"requestId":"a","run":1,"new":[1],"error":{"code":"of_tomorrow","azure":{"status":500}}}}
            """
        let event = try CopyEvent.decode(body: Array(text.utf8))
        #expect(event.event == .failed && event.sequence == 12 && event.error?.code == "of_tomorrow")
        #expect(event.error?.azure?.status == 500 && event.error?.message == "" && event.error?.retryHelps == nil)
        #expect(event.data["new"] != nil)
    }

    @Test(
        "what is no event is refused",
        arguments: [
            "", "{}", "[]", #"{"specversion":"1.0"}"#,
            #"{"specversion":"1.0","id":"1","source":"s","type":"other","time":"2026-11-21T12:00:00Z","data":{}}"#,
            #"{"specversion":"1.0","id":"1","source":"s","type":"io.azure-copy-worker.copy.failed.v1","data":{}}"#,
            #"{"specversion":"1.0","id":"1","source":"s","type":"io.azure-copy-worker.copy.failed.v1","time":"2026-11-21T12:00:00Z"}"#,
        ]
    )
    func noEvent(text: String) {
        #expect(throws: CopyEventError.self) { try CopyEvent.decode(body: Array(text.utf8)) }
    }

    @Test("outcomes and results are told apart", arguments: EventName.allCases)
    func names(name: EventName) {
        #expect(name.isOutcome == [.succeeded, .failed, .cancelled, .checked].contains(name))
        #expect(name.isResult == (name.isOutcome || name == .rejected))
    }
}
