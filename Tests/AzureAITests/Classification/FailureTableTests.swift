import CopyDomain
import Testing

@testable import AzureAI

@Suite("Classification")
struct FailureTableTests {
    static let later = CallFate.notDone(retryAfter: nil)

    @Test("what each answer of the facts says", arguments: Fact.all)
    func fact(_ fact: Fact) throws {
        let failure = try fact.failure()
        #expect(failure.code == fact.code)
        #expect(failure.fate == fact.fate)
        #expect(failure.azure?.status == fact.status)
    }

    @Test("what the gateway and the service say to all calls alike", arguments: CallKind.allCases)
    func allCalls(_ kind: CallKind) throws {
        let reader = try Plans.reader(kind)
        let open: CallFate = kind.hasSideEffect ? .unknown : Self.later
        func expect(_ status: Int, _ code: FailureCode, _ fate: CallFate) {
            let failure = reader.failure(.json(status, ""))
            #expect(failure.code == code)
            #expect(failure.fate == fate)
        }
        expect(400, .requestRefused, .refused)
        expect(401, .accessDenied, .refused)
        expect(403, .accessDenied, .refused)
        expect(408, .azureUnavailable, open)
        expect(409, kind == .authorizeItem ? .targetIDTaken : .requestRefused, .refused)
        expect(410, .versionRetired, .refused)
        expect(415, .requestRefused, .refused)
        expect(429, .throttled, Self.later)
        for status in [500, 502, 503, 504, 599] { expect(status, .azureUnavailable, open) }
        #expect(reader.failure(RecordedAnswers.throttled).fate == .notDone(retryAfter: .seconds(55)))
        #expect(reader.failure(RecordedAnswers.badKey).code == .accessDenied)
        #expect(reader.failure(HTTPSendingError(.notSent, "refused")).fate == Self.later)
        #expect(reader.failure(HTTPSendingError(.noAnswer, "reset")).fate == open)
        #expect(reader.failure(HTTPSendingError(.noAnswer, "reset")).code == .azureUnavailable)
    }

    @Test("every row decides at least one of the facts")
    func reached() throws {
        var reached: Set<Int> = []
        for fact in Fact.all {
            let error = try fact.error()
            let index = FailureTable.rows.firstIndex { $0.applies(to: fact.kind, fact.event, error: error) }
            reached.insert(try #require(index))
        }
        for index in FailureTable.rows.indices where !reached.contains(index) {
            Issue.record("row \(index) decides nothing: \(FailureTable.rows[index])")
        }
    }

    @Test("reads are never of unknown fate, whatever comes", arguments: CallKind.allCases.filter { !$0.hasSideEffect })
    func reads(_ kind: CallKind) throws {
        let reader = try Plans.reader(kind)
        for status in 100...999 {
            #expect(reader.failure(HTTPResponse(status: status, headers: [], body: [])).fate != .unknown)
        }
    }

    @Test("a refusal in a person's words")
    func message() throws {
        let failure = try Plans.reader(.startCopy).failure(RecordedAnswers.badRegion)
        #expect(
            failure.message
                == "POST /custom/models/{id}/copy on invoices-westus2 was answered with HTTP 400, code 1002: "
                + "Copy request is invalid. Field 'TargetResourceRegion' must be a valid Azure region name."
        )
    }
}
