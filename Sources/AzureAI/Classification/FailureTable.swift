import CopyDomain

/// What every answer that is no answer to its call means: the first row that applies.
///
/// Rows from azure-copy-apis.md 3.1, 3.4, 6 and 7.5. Which HTTP status goes with a Custom Vision code is not documented,
/// so those rows go by the code and take any error status.
enum FailureTable {
    static let rows: [FailureRule] = [
        // The gateway: it answers before anything is touched (3.4), and an authorization is not used up.
        row(nil, 429, .throttled, .notDone),
        row(nil, 401, .accessDenied, .refused),

        // An operation that Azure does not know, for a moment or for good: the machine, which knows how old it is, goes
        // by the status and waits or asks the target (6).
        row([.copyResult], 404, .copyFailed, .refused),
        // The gateway does not know the path: wrong endpoint or version, nothing about the item.
        row(nil, 404...404, ["404"], .requestRefused, .refused),

        // Custom Vision, export (7.4).
        row([.exportProject], ["BadRequestExportWhileTraining"], .sourceNotReady, .refused),
        row([.exportProject], ["BadRequestExportAlreadyInProgress"], .sourceNotReady, .notDone),
        row([.exportProject], 404, .sourceNotFound, .refused),

        // Custom Vision, import: refused before a project is made.
        row([.importProject], ["BadRequestInvalidImportToken"], .authorizationExpired, .refused),
        row(
            [.importProject],
            ["BadRequestExceedProjectLimit", "BadRequestExceededQuota"],
            .targetLimitReached,
            .refused
        ),
        row(
            [.importProject, .renameProject],
            [
                "BadRequestProjectNameNotUnique", "BadRequestProjectDuplicated",
                "BadRequestCannotMigrateProjectWithName",
            ],
            .targetNameTaken,
            .refused
        ),
        row([.renameProject], 404, .targetVanished, .refused),

        // Form Recognizer v2: an unknown source is a 404, or a 500 that stays one (3.1).
        row([.startCopy], 404, .sourceNotFound, .refused),
        row([.startCopy], 500...500, ["1999"], .sourceNotFound, .refused),

        // All families.
        row(nil, 403, .accessDenied, .refused),
        row(nil, 408, .azureUnavailable, .openIfEffect),
        row(nil, 410, .versionRetired, .refused),
        row(nil, 411, .unexpectedAnswer, .refused),
        FailureRule(nil, 400...499, nil, .requestRefused, .refused),
        FailureRule(nil, 500...599, nil, .azureUnavailable, .openIfEffect),
        // Redirects are not followed. These two promise that the request was not acted upon.
        FailureRule(nil, 307...308, nil, .unexpectedAnswer, .refused),
        FailureRule(nil, 0...Int.max, nil, .unexpectedAnswer, .openIfEffect),
    ]

    static func row(for kind: CallKind, status: Int, error: AzureErrorBody) -> FailureRule {
        guard let row = rows.first(where: { $0.applies(to: kind, status: status, error: error) }) else {
            preconditionFailure("the last row takes every answer")
        }
        return row
    }

    private static func row(
        _ calls: [CallKind]?,
        _ status: Int,
        _ code: FailureCode,
        _ fate: FailureRule.Fate
    ) -> FailureRule {
        FailureRule(calls, status...status, nil, code, fate)
    }

    private static func row(
        _ calls: [CallKind]?,
        _ codes: [String],
        _ code: FailureCode,
        _ fate: FailureRule.Fate
    ) -> FailureRule {
        FailureRule(calls, 400...599, codes, code, fate)
    }

    private static func row(
        _ calls: [CallKind]?,
        _ statuses: ClosedRange<Int>,
        _ codes: [String],
        _ code: FailureCode,
        _ fate: FailureRule.Fate
    ) -> FailureRule {
        FailureRule(calls, statuses, codes, code, fate)
    }
}
