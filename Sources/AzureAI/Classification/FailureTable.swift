import CopyDomain

/// What everything that is no answer to its call means: the first row that applies.
///
/// Rows from azure-copy-apis.md 3, 4, 6 and 7.5; what a person should do is the advice of the row's code.
enum FailureTable {
    static let rows: [FailureRule] =
        failedCopies + gateway + formRecognizer + documentIntelligence + customVision + rest

    /// Codes of a 404 that says nothing about what the path names.
    static let codesOfOtherThings = ["404", "NotFoundApimSubscription"]

    static func row(for kind: CallKind, _ event: FailureEvent, error: AzureErrorBody) -> FailureRule {
        guard let row = rows.first(where: { $0.applies(to: kind, event, error: error) }) else {
            preconditionFailure("the last row takes every answer")
        }
        return row
    }

    /// Copies and models that have failed, told with HTTP 200 (3.1 to 3.3). What may pass with a new authorization was
    /// not done.
    private static let failedCopies: [FailureRule] = [
        .failed(codes: ["DataProtectionTransformServiceError"], .dataProtection, .refused),
        .failed(words: [lessSecure], .dataProtection, .refused),
        .failed(
            codes: ["2024", "AuthorizationError", "ResourceResolverError", "1002"],
            to: [.copyResult],
            .targetMismatch,
            .refused
        ),
        .failed(codes: ["AuthorizationFailed"], to: [.operation], .targetMismatch, .refused),
        .failed(
            words: ["authorization metadata", authorizationClaims, "fetch information for cognitive resource"],
            to: [.copyResult, .operation],
            .targetMismatch,
            .refused
        ),
        .failed(codes: ["DocumentModelLimit"], to: [.operation], .targetLimitReached, .refused),
        .failed(codes: ["NotSupportedApiVersion"], to: [.operation], .sourceVersionMismatch, .refused),
        .failed(codes: ["InvalidDataProtectionKey"], to: [.operation], .dataProtection, .refused),
        // The model took too long to build.
        .failed(codes: ["3013"], to: .family(.formRecognizer), .targetInvalid, .notDone),
        // Among others InternalServerError, which is worth a new authorization (3.2).
        .failed(.copyFailed, .notDone),
    ]

    /// What is answered before anything is touched (3.4, 4): an authorization is not used up.
    private static let gateway: [FailureRule] = [
        .status(429, .throttled, .notDone),
        .words(["provide a custom subdomain"], to: .all, .customSubdomainRequired, .refused),
        .status(401, .accessDenied, .refused),
        .status(410, .versionRetired, .refused),
        // An operation that Azure does not know, for a moment or for good: the machine, which knows how old it is, goes
        // by the status and waits or asks the target (6).
        .status(404, to: [.copyResult, .operation], .copyFailed, .refused),
        // Wrong endpoint or version: nothing is said about the item.
        .codes(["404"], in: 404...404, to: .all, .requestRefused, .refused),
    ]

    private static let formRecognizer: [FailureRule] = [
        // An unknown source is a 404, or a 500 that stays one (3.1).
        .status(404, to: [.startCopy], .sourceNotFound, .refused),
        .codes(["1999"], in: 500...500, to: [.startCopy], .sourceNotFound, .refused),
        // 1002 has many meanings; these are told by their words only (3.3).
        .words(["expired", authorizationClaims], to: [.startCopy], .authorizationExpired, .refused),
        .words([lessSecure], to: [.startCopy], .dataProtection, .refused),
    ]

    private static let documentIntelligence: [FailureRule] = [
        .codes(["DocumentModelLimit"], to: [.authorizeItem, .copyItem], .targetLimitReached, .refused),
        .codes(["ModelExists"], to: [.authorizeItem], .targetIDTaken, .refused),
        .status(409, to: [.authorizeItem], .targetIDTaken, .refused),
        .codes(["ModelNotReady"], to: [.copyItem], .sourceNotReady, .refused),
        .codes(["AuthorizationFailed"], to: [.copyItem], .authorizationExpired, .refused),
        .words([authorizationClaims], to: [.copyItem], .authorizationExpired, .refused),
        .words([lessSecure], to: [.copyItem], .dataProtection, .refused),
        .status(404, to: [.copyItem], .sourceNotFound, .refused),
        .codes(["NotSupportedApiVersion"], to: .family(.documentIntelligence), .sourceVersionMismatch, .refused),
        .codes(["InvalidDataProtectionKey"], to: .family(.documentIntelligence), .dataProtection, .refused),
        .codes(["OutboundAccessForbidden"], to: .family(.documentIntelligence), .accessDenied, .refused),
    ]

    /// Which HTTP status goes with a Custom Vision code is not documented: these go by the code (7.5).
    private static let customVision: [FailureRule] = [
        .codes(
            ["NotFoundApimSubscription", "BadRequestSubscriptionApi"],
            to: .family(.customVision),
            .accessDenied,
            .refused
        ),
        .codes(["BadRequestCustomerManagedKeyRevoked"], to: .family(.customVision), .dataProtection, .refused),
        .codes(["BadRequestExportWhileTraining"], to: [.exportProject], .sourceNotReady, .refused),
        .codes(["BadRequestExportAlreadyInProgress"], to: [.exportProject], .sourceNotReady, .notDone),
        .codes(["NotFoundProject"], to: [.exportProject], .sourceNotFound, .refused),
        .status(404, to: [.exportProject], .sourceNotFound, .refused),
        // Refused before a project is made.
        .codes(["BadRequestInvalidImportToken"], to: [.importProject], .authorizationExpired, .refused),
        .codes(
            ["BadRequestExceedProjectLimit", "BadRequestExceededQuota"],
            to: [.importProject],
            .targetLimitReached,
            .refused
        ),
        .codes(
            [
                "BadRequestProjectNameNotUnique", "BadRequestProjectDuplicated",
                "BadRequestCannotMigrateProjectWithName",
            ],
            to: [.importProject, .renameProject],
            .targetNameTaken,
            .refused
        ),
        .codes(["NotFoundProject"], to: [.renameProject], .targetVanished, .refused),
        .status(404, to: [.renameProject], .targetVanished, .refused),
        // The rest of the codes, by the groups they begin with.
        .groups(["Forbidden"], to: .family(.customVision), .accessDenied, .refused),
        .groups(
            ["BadRequest", "NotFound", "Conflict", "UnsupportedMediaType"],
            to: .family(.customVision),
            .requestRefused,
            .refused
        ),
        .groups(["Error"], to: .family(.customVision), .azureUnavailable, .openIfEffect),
    ]

    /// All families, whatever the code.
    private static let rest: [FailureRule] = [
        .status(403, .accessDenied, .refused),
        .status(408, .azureUnavailable, .openIfEffect),
        // The edge wants a Content-Length (7.3).
        .status(411, .unexpectedAnswer, .refused),
        .statuses(400...499, .requestRefused, .refused),
        .statuses(500...599, .azureUnavailable, .openIfEffect),
        // Redirects are not followed. These two promise that the request was not acted upon.
        .statuses(307...308, .unexpectedAnswer, .refused),
        .statuses(0...Int.max, .unexpectedAnswer, .openIfEffect),
    ]

    private static let authorizationClaims = "authorization claims"
    private static let lessSecure = "less secure data protection scheme"
}
