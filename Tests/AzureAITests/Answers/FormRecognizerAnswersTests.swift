import CopyDomain
import Testing

@testable import AzureAI

@Suite("Form Recognizer answers")
struct FormRecognizerAnswersTests {
    func answer(_ call: FormRecognizerCall, _ response: HTTPResponse) throws -> FormRecognizerAnswer {
        try FormRecognizerAnswers.answer(to: call, from: response, reading: try Plans.reader(CallKind(call)))
    }

    func failure(_ call: FormRecognizerCall, _ response: HTTPResponse) -> CallFailure? {
        #expect(throws: CallFailure.self) { try answer(call, response) }
    }

    @Test("an authorization")
    func authorized() throws {
        let grant = FormRecognizerGrant(
            modelID: "f6d156ee-f9cb-430b-bbf5-5668ca9032e1",
            accessToken: Secret("accessToken"),
            expirationDateTimeTicks: 1_622_053_249
        )
        #expect(try answer(.authorizeCopy, RecordedAnswers.authorization) == .authorized(grant))
    }

    @Test(
        "an authorization that lacks what the copy needs leaves open what was made",
        arguments: [
            "", "{}", "[]", "null", "{\"modelId\":\"m\"}", "<html>",
            #"{"modelId":"m","accessToken":"t"}"#, #"{"modelId":"m","accessToken":"t","expirationDateTimeTicks":"1"}"#,
            #"{"modelId":"","accessToken":"t","expirationDateTimeTicks":1}"#,
            #"{"modelId":"m","accessToken":"","expirationDateTimeTicks":1}"#,
            #"{"modelId":"m","accessToken":"t","expirationDateTimeTicks":-9223372036854775808}"#,
            #"{"modelId":"a b","accessToken":"t","expirationDateTimeTicks":1}"#,
            #"{"modelId":"m","accessToken":"t","expirationDateTimeTicks":1.5}"#,
        ]
    )
    func badAuthorization(_ body: String) {
        let failure = failure(.authorizeCopy, .json(201, body))
        #expect(failure?.fate == .unknown)
        #expect(failure?.code == .unexpectedAnswer)
        #expect(failure?.azure?.requestID == "request-of-azure")
    }

    @Test("a copy that was started names its operation to the letter")
    func started() throws {
        let location =
            "https://endpoint/formrecognizer/v2.1/custom/models/44834e05-353f-4d91-a680-31a0566a724e/copyresults/"
            + "e6a2239d-1edb-43c9-b3b4-829d9ebe7a33"
        let answer = try answer(.startCopy(Plans.grant), RecordedAnswers.copyStarted)
        #expect(answer == .copyStarted(operationLocation: location))
    }

    @Test("the documented mistake, 201 with a Location, leaves open what was done")
    func mistakenStart() {
        let failure = failure(.startCopy(Plans.grant), RecordedAnswers.authorization)
        #expect(failure?.fate == .unknown)
        #expect(failure?.code == .unexpectedAnswer)
    }

    @Test("202 without Operation-Location leaves open what was done")
    func startWithoutLocation() {
        let failure = failure(.startCopy(Plans.grant), HTTPResponse(status: 202, headers: [], body: []))
        #expect(failure?.fate == .unknown)
    }

    @Test("polls as the service answered them")
    func polls() throws {
        let poll = FormRecognizerCall.getCopyResult(operationLocation: "https://source.example.com/x")
        let notStarted = FormRecognizerCopyResult(status: .notStarted, failure: nil)
        let succeeded = FormRecognizerCopyResult(status: .succeeded, failure: nil)
        #expect(try answer(poll, RecordedAnswers.notStarted) == .copyResult(notStarted))
        #expect(try answer(poll, RecordedAnswers.succeeded) == .copyResult(succeeded))
        #expect(try answer(poll, RecordedAnswers.succeededEmpty) == .copyResult(succeeded))
        let error = AzureError(
            status: 200,
            code: "AuthorizationError",
            message: "Could not retrieve authorization metadata. If this issue persists use a different target model "
                + "to copy into.",
            requestID: "bcfefce8-7d97-4583-ac0f-4492fb2b269f"
        )
        let failure = CallFailure(
            fate: .refused,
            code: .targetMismatch,
            message: "Azure could not complete the copy, code AuthorizationError: Could not retrieve authorization "
                + "metadata. If this issue persists use a different target model to copy into.",
            azure: error
        )
        #expect(
            try answer(poll, RecordedAnswers.failed)
                == .copyResult(FormRecognizerCopyResult(status: .failed, failure: failure))
        )
    }

    @Test(
        "a failure without a list of errors has its code from either header",
        arguments: ["ms-azure-ai-errorcode", "x-ms-cs-error-code"]
    )
    func failedWithoutErrors(_ header: String) throws {
        let poll = FormRecognizerCall.getCopyResult(operationLocation: "https://source.example.com/x")
        let response = HTTPResponse.json(200, #"{"status":"failed"}"#, headers: [(header, "2024")])
        guard case .copyResult(let result) = try answer(poll, response) else { return }
        #expect(result.status == .failed)
        #expect(result.failure?.code == .targetMismatch)
        #expect(result.failure?.azure == AzureError(status: 200, code: "2024", requestID: "request-of-azure"))
    }

    @Test("an unknown status is kept, an absent one is no answer")
    func oddStatus() throws {
        let poll = FormRecognizerCall.getCopyResult(operationLocation: "https://source.example.com/x")
        let odd = FormRecognizerCopyResult(status: .unknown("paused"), failure: nil)
        #expect(try answer(poll, .json(200, #"{"status":"paused","copyResult":null}"#)) == .copyResult(odd))
        #expect(failure(poll, .json(200, #"{"copyResult":{}}"#))?.fate == .notDone(retryAfter: nil))
    }

    @Test("a model, with name and dates of its source")
    func model() throws {
        let model = FormRecognizerModel(
            id: "f6d156ee-f9cb-430b-bbf5-5668ca9032e1",
            status: .ready,
            name: "copyModelName162196684344202824",
            created: Timestamp(milliseconds: 1_621_966_843_000)
        )
        #expect(try answer(.getTargetModel(id: model.id), RecordedAnswers.targetModel) == .targetModel(model))
    }

    @Test("an invalid model says why")
    func invalidModel() throws {
        let body = """
            {"modelInfo":{"modelId":"m","status":"invalid"},"trainResult":{"errors":[{"code":"3013","message":\
            "Operation exceeded maximum processing time."}]}}
            """
        let error = AzureError(
            status: 200,
            code: "3013",
            message: "Operation exceeded maximum processing time.",
            requestID: "request-of-azure"
        )
        let model = FormRecognizerModel(id: "m", status: .invalid, name: nil, created: nil, error: error)
        #expect(try answer(.getTargetModel(id: "m"), .json(200, body)) == .targetModel(model))
    }

    @Test(
        "404 means that the model is not there, whatever the body",
        arguments: [
            #"{"error":{"code":"1022","message":"Model with 'id=m' not found."}}"#, "", "<html>not here</html>",
        ]
    )
    func gone(_ body: String) throws {
        #expect(try answer(.getTargetModel(id: "m"), .json(404, body)) == .targetModel(nil))
        #expect(try answer(.deleteTargetModel(id: "m"), .json(404, body)) == .targetModelDeleted)
    }

    @Test("the gateway's own 404 says nothing about the model")
    func gatewayNotFound() {
        let response = HTTPResponse.json(404, #"{"error":{"code":"404","message":"Resource not found"}}"#)
        #expect(failure(.deleteTargetModel(id: "m"), response)?.code == .requestRefused)
        #expect(failure(.getTargetModel(id: "m"), response)?.fate == .refused)
    }

    @Test("a model is deleted with 204")
    func deleted() throws {
        let response = HTTPResponse(status: 204, headers: [], body: [])
        #expect(try answer(.deleteTargetModel(id: "m"), response) == .targetModelDeleted)
        #expect(
            failure(.deleteTargetModel(id: "m"), HTTPResponse(status: 202, headers: [], body: []))?.fate == .unknown
        )
    }

    @Test("a list with an item that cannot be read is no list: a missing model would be taken for a lost one")
    func list() throws {
        let good = #"{"modelList":[{"modelId":"a","status":"creating","createdDateTime":"2020-05-29T00:00:00Z"}]}"#
        let model = FormRecognizerModel(
            id: "a",
            status: .creating,
            name: nil,
            created: Timestamp(milliseconds: 1_590_710_400_000)
        )
        #expect(try answer(.listTargetModels, .json(200, good)) == .targetModels([model]))
        #expect(failure(.listTargetModels, .json(200, #"{"modelList":[{"status":"creating"}]}"#)) != nil)
        #expect(failure(.listTargetModels, .json(200, "{}")) != nil)
    }

    @Test("the source's model, and that it is not there")
    func sourceModel() throws {
        let body = #"{"modelInfo":{"modelId":"m","status":"creating"}}"#
        let model = FormRecognizerModel(id: "m", status: .creating, name: nil, created: nil)
        #expect(try answer(.getSourceModel, .json(200, body)) == .sourceModel(model))
        let missing = #"{"error":{"code":"1022","message":"Model with 'id=m' not found."}}"#
        #expect(try answer(.getSourceModel, .json(404, missing)) == .sourceModel(nil))
        let gateway = #"{"error":{"code":"404","message":"Resource not found"}}"#
        #expect(failure(.getSourceModel, .json(404, gateway))?.fate == .refused)
    }

    @Test("how many models there are and may be")
    func summary() throws {
        let body = #"{"summary":{"count":13,"limit":5000,"lastUpdatedDateTime":"2021-05-25T18:20:48Z"}}"#
        let room = ResourceRoom(count: 13, limit: 5000)
        #expect(try answer(.getTargetSummary, .json(200, body)) == .targetSummary(room))
        for odd in ["{}", #"{"summary":{"count":13}}"#, #"{"summary":{"count":-1,"limit":5}}"#] {
            #expect(failure(.getTargetSummary, .json(200, odd))?.fate == .notDone(retryAfter: nil))
        }
    }
}
