import CopyDomain
import Testing

@testable import AzureAI

@Suite("Document Intelligence answers")
struct DocumentIntelligenceAnswersTests {
    func answer(
        _ call: DocumentIntelligenceCall,
        _ response: HTTPResponse,
        _ plan: CopyPlan? = nil
    ) throws -> DocumentIntelligenceAnswer {
        let plan = try plan ?? Plans.plan(.documentIntelligence4_0, targetID: "724966136")
        return try DocumentIntelligenceAnswers.answer(
            to: call,
            plan: plan,
            from: response,
            in: Plans.context(call, plan),
            reading: Plans.reader(CallKind(call))
        )
    }

    func failure(_ call: DocumentIntelligenceCall, _ response: HTTPResponse) -> CallFailure? {
        #expect(throws: CallFailure.self) { try answer(call, response) }
    }

    @Test("an authorization keeps its body as it came")
    func authorized() throws {
        let grant = DocumentIntelligenceGrant(
            body: Secret(RecordedOperations.authorizationBody),
            accessToken: Secret("Sanitized"),
            targetLocation: RecordedOperations.target,
            expires: Timestamp(milliseconds: 1_733_801_723_000)
        )
        #expect(try answer(.authorizeCopy, RecordedOperations.authorization) == .authorized(grant))
    }

    @Test(
        "an expiration of 0 to 7 fraction digits",
        arguments: [
            ("2024-12-10T03:35:23.1Z", 100), ("2024-12-10T03:35:23.000Z", 0), ("2024-12-10T03:35:23.0000000Z", 0),
            ("2024-12-10T03:35:23.1234567Z", 123),
        ]
    )
    func fractions(_ date: String, milliseconds: Int64) throws {
        let body = RecordedOperations.authorizationBody.split(separator: "2024-12-10T03:35:23Z").joined(separator: date)
        guard case .authorized(let grant) = try answer(.authorizeCopy, .json(200, body)) else { return }
        #expect(grant.expires == Timestamp(milliseconds: 1_733_801_723_000 + milliseconds))
        #expect(grant.body == Secret(body))
    }

    @Test(
        "an authorization that lacks a member, or is another's, leaves open what was made",
        arguments: [
            ("targetResourceId", "x"), ("targetResourceRegion", "x"), ("targetModelId", "x"),
            ("targetModelLocation", "x"), ("accessToken", "x"), ("expirationDateTime", "x"),
            ("724966136\",", "724966137\","), ("Sanitized", ""), ("eastus", ""), (RecordedOperations.target, ""),
            ("2024-12-10T03:35:23Z", "tomorrow"),
        ]
    )
    func badAuthorization(_ part: String, _ other: String) {
        let body = RecordedOperations.authorizationBody
            .split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
        let failure = failure(.authorizeCopy, .json(200, body))
        #expect(failure?.fate == .unknown)
        #expect(failure?.code == .unexpectedAnswer)
        #expect(failure?.azure?.status == 200)
    }

    @Test("an authorization that is no UTF-8 or comes with 202 is none; with 201 it is one")
    func oddAuthorization() {
        let bytes = HTTPResponse(status: 200, headers: [], body: [0x7b, 0xff, 0x7d])
        #expect(failure(.authorizeCopy, bytes)?.fate == .unknown)
        #expect(failure(.authorizeCopy, .json(202, RecordedOperations.authorizationBody))?.fate == .unknown)
        #expect(throws: Never.self) { try answer(.authorizeCopy, .json(201, RecordedOperations.authorizationBody)) }
    }

    @Test("a classifier's authorization has members of its own")
    func classifierAuthorization() throws {
        let plan = try Plans.plan(.documentIntelligence4_0, kind: .documentClassifier, targetID: "724966136")
        let body = RecordedOperations.authorizationBody.split(separator: "targetModel").joined(
            separator: "targetClassifier"
        )
        guard case .authorized(let grant) = try answer(.authorizeCopy, .json(200, body), plan) else { return }
        #expect(grant.targetLocation == RecordedOperations.target)
        #expect(throws: CallFailure.self) { try answer(.authorizeCopy, RecordedOperations.authorization, plan) }
    }

    @Test("a copy that was started names its operation to the letter")
    func started() throws {
        let started = try answer(.startCopy(Plans.itemGrant), RecordedOperations.copyStarted)
        #expect(started == .copyStarted(operationLocation: RecordedOperations.operation))
        let silent = HTTPResponse(status: 202, headers: [], body: [])
        #expect(failure(.startCopy(Plans.itemGrant), silent)?.fate == .unknown)
    }

    @Test("an operation that has just begun")
    func operation() throws {
        let operation = DocumentIntelligenceOperation(
            location: RecordedOperations.operation,
            status: .notStarted,
            targetLocation: RecordedOperations.target,
            created: Timestamp(milliseconds: 1_733_798_123_000),
            failure: nil
        )
        let poll = DocumentIntelligenceCall.getOperation(location: RecordedOperations.operation)
        #expect(try answer(poll, RecordedOperations.notStarted) == .operation(operation))
    }

    @Test("a failed operation says what the table makes of it")
    func failedOperation() throws {
        let poll = DocumentIntelligenceCall.getOperation(location: "https://source.example.com/o")
        guard case .operation(let operation) = try answer(poll, RecordedOperations.failed) else { return }
        #expect(operation.status == .failed)
        #expect(operation.failure?.code == .copyFailed)
        #expect(operation.failure?.fate == .notDone(retryAfter: nil))
        #expect(
            operation.failure?.message
                == "Azure could not complete the copy, code InternalServerError: An unexpected error occurred."
        )
    }

    @Test(
        "statuses of an operation",
        arguments: [
            ("running", DocumentIntelligenceOperation.Status.running, false), ("succeeded", .succeeded, false),
            ("completed", .succeeded, false), ("canceled", .canceled, true), ("skipped", .skipped, true),
            ("failed", .failed, true), ("paused", .unknown("paused"), false),
        ]
    )
    func statuses(_ text: String, status: DocumentIntelligenceOperation.Status, fails: Bool) throws {
        let poll = DocumentIntelligenceCall.getOperation(location: "https://source.example.com/o")
        guard case .operation(let operation) = try answer(poll, .json(200, #"{"status":"\#(text)"}"#)) else { return }
        #expect(operation.status == status)
        #expect((operation.failure != nil) == fails)
    }

    @Test("an operation that Azure does not know is told by its status")
    func unknownOperation() {
        let poll = DocumentIntelligenceCall.getOperation(location: "https://source.example.com/o")
        let failure = failure(poll, RecordedOperations.unknownOperation)
        #expect(failure?.fate == .refused)
        #expect(failure?.azure?.status == 404)
        #expect(failure?.azure?.innerCode == "OperationNotFound")
    }

    @Test("a model with its document types and the day it expires")
    func model() throws {
        let body = """
            {"modelId":"724966136","createdDateTime":"2024-12-10T02:35:23Z","expirationDateTime":\
            "2026-12-10T02:35:20Z","docTypes":{"a":{"fieldSchema":{}},"b":{"fieldSchema":{"x":[1,null]}}}}
            """
        let item = DocumentIntelligenceItem(
            id: "724966136",
            documentTypes: 2,
            expires: Timestamp(milliseconds: 1_796_870_120_000)
        )
        #expect(try answer(.getSource, .json(200, body)) == .source(item))
        #expect(try answer(.getTarget, .json(200, body)) == .target(item))
        #expect(failure(.getTarget, .json(200, #"{"classifierId":"c"}"#))?.code == .unexpectedAnswer)
    }

    @Test("a classifier with its document types")
    func classifier() throws {
        let plan = try Plans.plan(.documentIntelligence4_0, kind: .documentClassifier)
        let item = DocumentIntelligenceItem(id: "c", documentTypes: 1, expires: nil)
        let body = #"{"classifierId":"c","docTypes":{"a":{}}}"#
        #expect(try answer(.getSource, .json(200, body), plan) == .source(item))
    }

    @Test("404 of the service is nothing there, or nothing ready; 404 of the gateway says nothing")
    func notFound() throws {
        #expect(try answer(.getSource, RecordedOperations.unknownModel) == .source(nil))
        #expect(try answer(.getTarget, RecordedOperations.unknownModel) == .target(nil))
        #expect(try answer(.deleteTarget, RecordedOperations.unknownModel) == .targetDeleted)
        let gateway = HTTPResponse.json(404, #"{"error":{"code":"404","message":"Resource not found"}}"#)
        for call in [DocumentIntelligenceCall.getSource, .getTarget, .deleteTarget] {
            #expect(failure(call, gateway)?.code == .requestRefused)
        }
    }

    @Test("what was deleted answers 204")
    func deleted() throws {
        #expect(try answer(.deleteTarget, HTTPResponse(status: 204, headers: [], body: [])) == .targetDeleted)
        #expect(failure(.deleteTarget, HTTPResponse(status: 202, headers: [], body: []))?.fate == .unknown)
    }

    @Test("how many models a resource has and may have")
    func room() throws {
        let body =
            #"{"customDocumentModels":{"count":1001,"limit":20000},"customNeuralDocumentModelBuilds":{"used":0}}"#
        #expect(try answer(.getTargetInfo, .json(200, body)) == .targetInfo(ResourceRoom(count: 1001, limit: 20_000)))
        #expect(failure(.getTargetInfo, .json(200, "{}"))?.fate == .notDone(retryAfter: nil))
    }

    @Test("a list shows copies of the kind only, each by the URL under which it is asked for")
    func list() throws {
        let copy = DocumentIntelligenceOperation(
            location: "https://source.example.com/documentintelligence/operations/"
                + "31523218505_b4c41d24-f9fb-46e1-8f36-9c12749666a1?api-version=2024-11-30",
            status: .succeeded,
            targetLocation: "https://e/2039895970",
            created: Timestamp(milliseconds: 1_643_149_494_000),
            failure: nil
        )
        let call = DocumentIntelligenceCall.listOperations(since: Plans.now)
        #expect(try answer(call, RecordedOperations.list) == .operations([copy]))
        let classifiers = try Plans.plan(.documentIntelligence4_0, kind: .documentClassifier)
        #expect(try answer(call, RecordedOperations.list, classifiers) == .operations([]))
        let nameless = #"{"value":[{"kind":"documentModelCopyTo","status":"running"}]}"#
        #expect(failure(call, .json(200, nameless))?.code == .unexpectedAnswer)
    }
}
