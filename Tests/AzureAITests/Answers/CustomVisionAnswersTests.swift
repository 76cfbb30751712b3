import CopyDomain
import Testing

@testable import AzureAI

@Suite("Custom Vision answers")
struct CustomVisionAnswersTests {
    func answer(_ call: CustomVisionCall, _ response: HTTPResponse) throws -> CustomVisionAnswer {
        try CustomVisionAnswers.answer(to: call, from: response, reading: try Plans.reader(CallKind(call)))
    }

    func failure(_ call: CustomVisionCall, _ response: HTTPResponse) -> CallFailure? {
        #expect(throws: CallFailure.self) { try answer(call, response) }
    }

    let importing = CustomVisionProject(
        id: "8a5d08a0-7d70-499f-b92b-655752b5f4ff",
        name: "SDK UT: 4743f58e-08c9-4c9a-b2b5-9036f0daf00a (1)",
        description: "",
        status: .importing,
        created: Timestamp(milliseconds: 1_604_680_304_723)
    )

    @Test("a project, wherever it is answered")
    func project() throws {
        #expect(try answer(.getSourceProject(id: "p"), RecordedAnswers.importing) == .project(importing))
        #expect(try answer(.getTargetProject(id: "p"), RecordedAnswers.importing) == .project(importing))
        #expect(
            try answer(.importProject(token: Secret("t"), name: "n"), RecordedAnswers.importing) == .imported(importing)
        )
        #expect(
            try answer(.renameTargetProject(id: "p", name: "n", description: ""), RecordedAnswers.importing)
                == .renamed(importing)
        )
    }

    @Test("the list of a real account: failed and stuck imports, absent descriptions")
    func list() throws {
        guard case .projects(let projects) = try answer(.listTargetProjects, RecordedAnswers.projects) else {
            Issue.record("no list")
            return
        }
        #expect(projects.map(\.status) == [.succeeded, .failed, .importing])
        #expect(projects.map(\.description) == ["", "Pet Brazil Test", "Pet Brazil Test"])
        #expect(projects.map { $0.created?.milliseconds } == [1_600_289_717_630, 1_600_285_597_610, 1_600_224_738_746])
    }

    @Test("an export with the end of its token")
    func export() throws {
        let export = CustomVisionExport(
            token: Plans.importToken,
            expires: Timestamp(milliseconds: 1_604_766_704_000),
            estimatedImportTime: .milliseconds(5081)
        )
        #expect(try answer(.exportProject(id: "p"), RecordedAnswers.export) == .exported(export))
    }

    @Test(
        "a token of another form is a token; estimates are kept within a day",
        arguments: [
            (#"{"token":"opaque"}"#, Duration.zero), (#"{"token":"opaque","estimatedImportTimeInMS":-1}"#, .zero),
            (#"{"token":"opaque","estimatedImportTimeInMS":1e300}"#, .seconds(86_400)),
        ]
    )
    func oddExports(_ body: String, estimate: Duration) throws {
        let export = CustomVisionExport(token: Secret("opaque"), expires: nil, estimatedImportTime: estimate)
        #expect(try answer(.exportProject(id: "p"), .json(200, body)) == .exported(export))
    }

    @Test("an export without a token is no answer", arguments: ["{}", #"{"token":""}"#, #"{"token":1}"#, ""])
    func badExports(_ body: String) {
        #expect(failure(.exportProject(id: "p"), .json(200, body))?.fate == .notDone(retryAfter: nil))
    }

    @Test(
        "an import whose answer cannot be read leaves open what was made",
        arguments: ["", "{}", #"{"id":"a b","name":"n"}"#]
    )
    func badImports(_ body: String) {
        let failure = failure(.importProject(token: Secret("t"), name: "n"), .json(200, body))
        #expect(failure?.fate == .unknown)
        #expect(failure?.code == .unexpectedAnswer)
    }

    @Test("a project that is not there")
    func gone() throws {
        let response = HTTPResponse.json(404, #"{"code":"NotFoundProject","message":"Invalid project identifier"}"#)
        #expect(try answer(.getTargetProject(id: "p"), response) == .project(nil))
        #expect(try answer(.deleteTargetProject(id: "p"), response) == .deleted)
        #expect(try answer(.deleteTargetProject(id: "p"), HTTPResponse(status: 204, headers: [], body: [])) == .deleted)
        #expect(failure(.exportProject(id: "p"), response)?.code == .sourceNotFound)
        #expect(failure(.listTargetProjects, response)?.code == .requestRefused)
        #expect(
            failure(.renameTargetProject(id: "p", name: "n", description: ""), response)?.code == .targetVanished
        )
    }

    @Test("HTML from the edge survives")
    func html() {
        let response = HTTPResponse(
            status: 411,
            headers: [("content-type", "text/html")],
            body: Array("<!DOCTYPE HTML><html><body><h2>Length Required</h2></body></html>".utf8)
        )
        let failure = failure(.importProject(token: Secret("t"), name: "n"), response)
        #expect(failure?.fate == .refused)
        #expect(failure?.code == .unexpectedAnswer)
        #expect(failure?.azure?.code == nil)
        #expect(failure?.message.contains("<") == false)
    }

    @Test("a 404 for the subscription does not show a project as gone")
    func unknownSubscription() {
        let response = HTTPResponse.json(404, #"{"code":"NotFoundApimSubscription","message":"m"}"#)
        for call in [CustomVisionCall.getTargetProject(id: "p"), .deleteTargetProject(id: "p")] {
            let failure = #expect(throws: CallFailure.self) {
                try CustomVisionAnswers.answer(to: call, from: response, reading: try Plans.reader(CallKind(call)))
            }
            #expect(failure?.code == .accessDenied && failure?.fate == .refused)
        }
    }
}
