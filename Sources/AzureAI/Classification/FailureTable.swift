import CopyDomain

/// What everything that is no answer to its call means: the first row that applies.
///
/// Rows from azure-copy-apis.md 3, 4, 6 and 7.5; what a person should do is the advice of the row's code.
enum FailureTable {
    static let rows = failedCopies + gateway + formRecognizer + documentIntelligence + customVision + rest

    /// Codes of a 404 that says nothing about what the path names.
    static let codesOfOtherThings = ["404", "NotFoundApimSubscription"]

    static func row(for kind: CallKind, _ event: FailureEvent, error: AzureErrorBody) -> FailureRule {
        guard let row = rows.first(where: { $0.applies(to: kind, event, error: error) }) else {
            preconditionFailure("the last row takes every answer")
        }
        return row
    }

    private static let any = 0...Int.max
    private static let errors = 400...599
    private static let copyPolls = FailureRule.Scope.calls([.copyResult, .operation])

    /// Copies and models that have failed, told with HTTP 200 (3.1 to 3.3). What may pass with a new authorization was
    /// not done.
    private static let failedCopies: [FailureRule] = [
        FailureRule(
            .all,
            .failedCopies,
            codes: .named(["DataProtectionTransformServiceError"]),
            means: .dataProtection,
            .refused
        ),
        FailureRule(
            .all,
            .failedCopies,
            saying: ["less secure data protection scheme"],
            means: .dataProtection,
            .refused
        ),
        FailureRule(
            .calls([.copyResult]),
            .failedCopies,
            codes: .named(["2024", "AuthorizationError", "ResourceResolverError", "1002"]),
            means: .targetMismatch,
            .refused
        ),
        FailureRule(copyPolls, .failedCopies, codes: .named(["AuthorizationFailed"]), means: .targetMismatch, .refused),
        FailureRule(
            copyPolls,
            .failedCopies,
            saying: [
                "authorization metadata", "authorization claims", "fetch information for cognitive resource",
            ],
            means: .targetMismatch,
            .refused
        ),
        // A model that came to nothing: it took too long to build.
        FailureRule(.family(.formRecognizer), .failedCopies, codes: .named(["3013"]), means: .targetInvalid, .notDone),
        // Among others InternalServerError, which is worth a new authorization (3.2).
        FailureRule(.all, .failedCopies, means: .copyFailed, .notDone),
    ]

    /// What is answered before anything is touched (3.4, 4): an authorization is not used up.
    private static let gateway: [FailureRule] = [
        FailureRule(.all, .answers(429...429), means: .throttled, .notDone),
        FailureRule(
            .all,
            .answers(400...401),
            saying: ["provide a custom subdomain"],
            means: .customSubdomainRequired,
            .refused
        ),
        FailureRule(.all, .answers(401...401), means: .accessDenied, .refused),
        FailureRule(.all, .answers(410...410), means: .versionRetired, .refused),
        // An operation that Azure does not know, for a moment or for good: the machine, which knows how old it is, goes
        // by the status and waits or asks the target (6).
        FailureRule(copyPolls, .answers(404...404), means: .copyFailed, .refused),
        // Wrong endpoint or version: nothing is said about the item.
        FailureRule(.all, .answers(404...404), codes: .named(["404"]), means: .requestRefused, .refused),
    ]

    private static let formRecognizer: [FailureRule] = [
        // An unknown source is a 404, or a 500 that stays one (3.1).
        FailureRule(.calls([.startCopy]), .answers(404...404), means: .sourceNotFound, .refused),
        FailureRule(
            .calls([.startCopy]),
            .answers(500...500),
            codes: .named(["1999"]),
            means: .sourceNotFound,
            .refused
        ),
        // 1002 has many meanings; this one is told by its words only (3.3).
        FailureRule(
            .calls([.startCopy]),
            .answers(400...403),
            saying: ["expired", "authorization claims"],
            means: .authorizationExpired,
            .refused
        ),
    ]

    private static let documentIntelligence: [FailureRule] = [
        FailureRule(
            .calls([.authorizeItem, .copyItem]),
            .answers(errors),
            codes: .named(["DocumentModelLimit"]),
            means: .targetLimitReached,
            .refused
        ),
        FailureRule(
            .calls([.authorizeItem]),
            .answers(errors),
            codes: .named(["ModelExists"]),
            means: .targetIDTaken,
            .refused
        ),
        FailureRule(.calls([.authorizeItem]), .answers(409...409), means: .targetIDTaken, .refused),
        FailureRule(
            .calls([.copyItem]),
            .answers(errors),
            codes: .named(["ModelNotReady"]),
            means: .sourceNotReady,
            .refused
        ),
        FailureRule(
            .calls([.copyItem]),
            .answers(errors),
            codes: .named(["AuthorizationFailed"]),
            means: .authorizationExpired,
            .refused
        ),
        FailureRule(
            .calls([.copyItem]),
            .answers(400...403),
            saying: ["authorization claims"],
            means: .authorizationExpired,
            .refused
        ),
        FailureRule(.calls([.copyItem]), .answers(404...404), means: .sourceNotFound, .refused),
        FailureRule(
            .family(.documentIntelligence),
            .answers(errors),
            codes: .named(["NotSupportedApiVersion"]),
            means: .sourceVersionMismatch,
            .refused
        ),
        FailureRule(
            .family(.documentIntelligence),
            .answers(errors),
            codes: .named(["InvalidDataProtectionKey"]),
            means: .dataProtection,
            .refused
        ),
        FailureRule(
            .family(.documentIntelligence),
            .answers(errors),
            codes: .named(["OutboundAccessForbidden"]),
            means: .accessDenied,
            .refused
        ),
        FailureRule(
            .calls([.startCopy, .copyItem]),
            .answers(400...499),
            saying: ["less secure data protection scheme"],
            means: .dataProtection,
            .refused
        ),
    ]

    /// Which HTTP status goes with a Custom Vision code is not documented: these go by the code (7.5).
    private static let customVision: [FailureRule] = [
        export("BadRequestExportWhileTraining", means: .sourceNotReady, .refused),
        export("BadRequestExportAlreadyInProgress", means: .sourceNotReady, .notDone),
        FailureRule(
            .calls([.exportProject]),
            .answers(errors),
            codes: .named(["NotFoundProject"]),
            means: .sourceNotFound,
            .refused
        ),
        FailureRule(
            .family(.customVision),
            .answers(errors),
            codes: .named(["NotFoundApimSubscription", "BadRequestSubscriptionApi"]),
            means: .accessDenied,
            .refused
        ),
        FailureRule(.calls([.exportProject]), .answers(404...404), means: .sourceNotFound, .refused),
        // Refused before a project is made.
        FailureRule(
            .calls([.importProject]),
            .answers(errors),
            codes: .named(["BadRequestInvalidImportToken"]),
            means: .authorizationExpired,
            .refused
        ),
        FailureRule(
            .calls([.importProject]),
            .answers(errors),
            codes: .named(["BadRequestExceedProjectLimit", "BadRequestExceededQuota"]),
            means: .targetLimitReached,
            .refused
        ),
        FailureRule(
            .calls([.importProject, .renameProject]),
            .answers(errors),
            codes: .named([
                "BadRequestProjectNameNotUnique", "BadRequestProjectDuplicated",
                "BadRequestCannotMigrateProjectWithName",
            ]),
            means: .targetNameTaken,
            .refused
        ),
        FailureRule(
            .calls([.renameProject]),
            .answers(errors),
            codes: .named(["NotFoundProject"]),
            means: .targetVanished,
            .refused
        ),
        FailureRule(.calls([.renameProject]), .answers(404...404), means: .targetVanished, .refused),
        FailureRule(
            .family(.customVision),
            .answers(errors),
            codes: .named(["BadRequestCustomerManagedKeyRevoked"]),
            means: .dataProtection,
            .refused
        ),
        // The rest of the codes, by the groups they begin with.
        FailureRule(
            .family(.customVision),
            .answers(errors),
            codes: .beginning(["Forbidden"]),
            means: .accessDenied,
            .refused
        ),
        FailureRule(
            .family(.customVision),
            .answers(errors),
            codes: .beginning(["BadRequest", "NotFound", "Conflict", "UnsupportedMediaType"]),
            means: .requestRefused,
            .refused
        ),
        FailureRule(
            .family(.customVision),
            .answers(errors),
            codes: .beginning(["Error"]),
            means: .azureUnavailable,
            .openIfEffect
        ),
    ]

    /// All families, whatever the code.
    private static let rest: [FailureRule] = [
        FailureRule(.all, .answers(403...403), means: .accessDenied, .refused),
        FailureRule(.all, .answers(408...408), means: .azureUnavailable, .openIfEffect),
        // The edge wants a Content-Length (7.3).
        FailureRule(.all, .answers(411...411), means: .unexpectedAnswer, .refused),
        FailureRule(.all, .answers(400...499), means: .requestRefused, .refused),
        FailureRule(.all, .answers(500...599), means: .azureUnavailable, .openIfEffect),
        // Redirects are not followed. These two promise that the request was not acted upon.
        FailureRule(.all, .answers(307...308), means: .unexpectedAnswer, .refused),
        FailureRule(.all, .answers(any), means: .unexpectedAnswer, .openIfEffect),
    ]

    private static func export(
        _ code: String,
        means ours: FailureCode,
        _ fate: FailureRule.Fate
    ) -> FailureRule {
        FailureRule(.calls([.exportProject]), .answers(errors), codes: .named([code]), means: ours, fate)
    }
}
