import CopyDomain
import Testing

@testable import AzureAI

/// One line of what is expected of the table.
struct Verdict: CustomTestStringConvertible, Sendable {
    let kind: CallKind
    let status: Int
    let azureCode: String?
    let code: FailureCode
    let fate: CallFate

    init(_ kind: CallKind, _ status: Int, _ azureCode: String?, _ code: FailureCode, _ fate: CallFate) {
        self.kind = kind
        self.status = status
        self.azureCode = azureCode
        self.code = code
        self.fate = fate
    }

    var testDescription: String { "\(kind) \(status) \(azureCode ?? "-")" }
}

@Suite("Classification")
struct FailureTableTests {
    static let later = CallFate.notDone(retryAfter: nil)

    static let verdicts: [Verdict] = [
        Verdict(.startCopy, 400, "1002", .requestRefused, .refused),
        Verdict(.startCopy, 404, "1022", .sourceNotFound, .refused),
        Verdict(.startCopy, 404, nil, .sourceNotFound, .refused),
        Verdict(.startCopy, 500, "1999", .sourceNotFound, .refused),
        Verdict(.startCopy, 500, "1000", .azureUnavailable, .unknown),
        Verdict(.authorizeCopy, 500, "1999", .azureUnavailable, .unknown),
        Verdict(.copyResult, 500, "1999", .azureUnavailable, later),
        Verdict(.copyResult, 404, "1022", .copyFailed, .refused),
        Verdict(.copyResult, 404, "404", .copyFailed, .refused),
        Verdict(.startCopy, 404, "404", .requestRefused, .refused),
        Verdict(.exportProject, 400, "BadRequestExportWhileTraining", .sourceNotReady, .refused),
        Verdict(.exportProject, 400, "BadRequestExportAlreadyInProgress", .sourceNotReady, later),
        Verdict(.exportProject, 409, "BadRequestExportAlreadyInProgress", .sourceNotReady, later),
        Verdict(.exportProject, 404, "NotFoundProject", .sourceNotFound, .refused),
        Verdict(.exportProject, 500, "ErrorProjectExportRequestFailed", .azureUnavailable, later),
        Verdict(.importProject, 400, "BadRequestInvalidImportToken", .authorizationExpired, .refused),
        Verdict(.importProject, 400, "BadRequestExceedProjectLimit", .targetLimitReached, .refused),
        Verdict(.importProject, 403, "BadRequestExceedProjectLimit", .targetLimitReached, .refused),
        Verdict(.importProject, 400, "BadRequestExceededQuota", .targetLimitReached, .refused),
        Verdict(.importProject, 400, "BadRequestProjectNameNotUnique", .targetNameTaken, .refused),
        Verdict(.importProject, 400, "BadRequestProjectDuplicated", .targetNameTaken, .refused),
        Verdict(.importProject, 400, "BadRequestCannotMigrateProjectWithName", .targetNameTaken, .refused),
        Verdict(.importProject, 400, "BadRequestProjectUnknownDomain", .requestRefused, .refused),
        Verdict(.importProject, 500, "ErrorProjectImportRequestFailed", .azureUnavailable, .unknown),
        Verdict(.importProject, 411, nil, .unexpectedAnswer, .refused),
        Verdict(.renameProject, 400, "BadRequestProjectNameNotUnique", .targetNameTaken, .refused),
        Verdict(.renameProject, 404, "NotFoundProject", .targetVanished, .refused),
        Verdict(.targetProject, 403, "ForbiddenDRModeEnabled", .accessDenied, .refused),
        Verdict(.importProject, 403, "Forbidden", .accessDenied, .refused),
        Verdict(.targetModel, 200, nil, .unexpectedAnswer, later),
        Verdict(.startCopy, 201, nil, .unexpectedAnswer, .unknown),
        Verdict(.startCopy, 302, nil, .unexpectedAnswer, .unknown),
        Verdict(.startCopy, 307, nil, .unexpectedAnswer, .refused),
        Verdict(.targetModel, 301, nil, .unexpectedAnswer, later),
    ]

    @Test("what each answer says", arguments: verdicts)
    func verdict(_ verdict: Verdict) throws {
        let body = verdict.azureCode.map { #"{"error":{"code":"\#($0)","message":"m"}}"# } ?? ""
        let failure = try Plans.reader(verdict.kind).failure(.json(verdict.status, body))
        #expect(failure.code == verdict.code)
        #expect(failure.fate == verdict.fate)
        #expect(failure.azure?.status == verdict.status)
        #expect(failure.azure?.code == verdict.azureCode)
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
        expect(409, .requestRefused, .refused)
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

    @Test("every row decides something: none is hidden by those before it")
    func reachable() {
        for (index, row) in FailureTable.rows.enumerated() {
            var error = AzureErrorBody([])
            let reaches = (row.calls ?? CallKind.allCases).contains { kind in
                (row.codes ?? [""]).contains { code in
                    error.code = code.isEmpty ? nil : code
                    return (max(row.statuses.lowerBound, 100)...min(row.statuses.upperBound, 700)).contains { status in
                        FailureTable.rows.firstIndex { $0.applies(to: kind, status: status, error: error) } == index
                    }
                }
            }
            #expect(reaches, "row \(index)")
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
