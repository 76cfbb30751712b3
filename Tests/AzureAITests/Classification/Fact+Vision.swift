import CopyDomain

@testable import AzureAI

/// azure-copy-apis.md 7.5: the codes that matter for a copy one by one, the others by their groups.
extension Fact {
    static let customVision: [Fact] =
        [
            vision(.exportProject, 400, "BadRequestExportWhileTraining", .sourceNotReady, .refused),
            vision(.exportProject, 400, "BadRequestExportAlreadyInProgress", .sourceNotReady, later),
            vision(.exportProject, 409, "BadRequestExportAlreadyInProgress", .sourceNotReady, later),
            vision(.exportProject, 400, "BadRequestExportValidationFailed", .requestRefused, .refused),
            vision(.exportProject, 404, "NotFoundProject", .sourceNotFound, .refused),
            vision(.exportProject, 404, "NotFound", .sourceNotFound, .refused),
            vision(.exportProject, 400, "NotFoundProject", .sourceNotFound, .refused),
            vision(.exportProject, 500, "ErrorProjectExportRequestFailed", .azureUnavailable, later),
            vision(.importProject, 400, "BadRequestInvalidImportToken", .authorizationExpired, .refused),
            vision(.importProject, 400, "BadRequestExceedProjectLimit", .targetLimitReached, .refused),
            vision(.importProject, 403, "BadRequestExceedProjectLimit", .targetLimitReached, .refused),
            vision(.importProject, 400, "BadRequestExceededQuota", .targetLimitReached, .refused),
            vision(.importProject, 400, "BadRequestProjectName", .requestRefused, .refused),
            vision(.importProject, 400, "BadRequestProjectNameNotUnique", .targetNameTaken, .refused),
            vision(.importProject, 400, "BadRequestProjectDuplicated", .targetNameTaken, .refused),
            vision(.importProject, 400, "BadRequestCannotMigrateProjectWithName", .targetNameTaken, .refused),
            vision(.importProject, 400, "BadRequestProjectUnknownDomain", .requestRefused, .refused),
            vision(.importProject, 400, "BadRequestRequiredParamIsNull", .requestRefused, .refused),
            vision(.importProject, 400, "BadRequestSubscriptionApi", .accessDenied, .refused),
            vision(.importProject, 400, "BadRequestOperationNotSupported", .requestRefused, .refused),
            vision(.importProject, 400, "BadRequestCustomerManagedKeyRevoked", .dataProtection, .refused),
            vision(.importProject, 500, "ErrorProjectImportRequestFailed", .azureUnavailable, .unknown),
            vision(.importProject, 500, "ErrorIterationCopyFailed", .azureUnavailable, .unknown),
            vision(.importProject, 500, "ErrorUnknown", .azureUnavailable, .unknown),
            vision(.importProject, 415, "UnsupportedMediaType", .requestRefused, .refused),
            vision(.importProject, 409, "Conflict", .requestRefused, .refused),
            vision(.renameProject, 400, "BadRequestProjectNameNotUnique", .targetNameTaken, .refused),
            vision(.renameProject, 404, "NotFoundProject", .targetVanished, .refused),
            vision(.renameProject, 404, "NotFound", .targetVanished, .refused),
            vision(.deleteProject, 400, "BadRequestIterationIsPublished", .requestRefused, .refused),
            vision(.targetProject, 404, "NotFoundApimSubscription", .accessDenied, .refused),
            vision(.exportProject, 404, "NotFoundApimSubscription", .accessDenied, .refused),
            vision(.targetProject, 403, "Forbidden", .accessDenied, .refused),
            vision(.importProject, 403, "ForbiddenUser", .accessDenied, .refused),
            vision(.importProject, 403, "ForbiddenUserInsufficientCapability", .accessDenied, .refused),
            vision(.targetProject, 403, "ForbiddenDRModeEnabled", .accessDenied, .refused),
            // 7.6: met by old clients at the project limit.
            Fact("7.6", .importProject, 403, .raw("Access Denied"), .accessDenied, .refused),
        ] + others

    /// What stands for its group; the status that goes with a code is not documented.
    private static let others =
        [
            "BadRequest", "BadRequestNotSupported", "BadRequestTagName", "BadRequestInvalid", "NotFoundTag",
            "ConflictInvalid",
        ]
        .map { vision(.importProject, 500, $0, .requestRefused, .refused) }
        + ["ForbiddenUserDisabled", "ForbiddenInvalid"].map {
            vision(.importProject, 400, $0, .accessDenied, .refused)
        }
        + ["ErrorFeaturizationQueueTimeout", "ErrorInvalid"].map {
            vision(.importProject, 400, $0, .azureUnavailable, .unknown)
        }

    private static func vision(
        _ kind: CallKind,
        _ status: Int,
        _ azureCode: String,
        _ code: FailureCode,
        _ fate: CallFate
    ) -> Fact {
        Fact("7.5", kind, status, .flat(azureCode), code, fate)
    }
}
