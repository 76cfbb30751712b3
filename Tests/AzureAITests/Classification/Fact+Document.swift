import CopyDomain

@testable import AzureAI

/// azure-copy-apis.md 3.1, 3.2 and 3.3.
extension Fact {
    static let formRecognizer: [Fact] = [
        Fact(
            "3.1",
            .startCopy,
            400,
            .wrapped(
                "1002",
                "Copy request is invalid. Field 'TargetResourceId' must be a valid Azure Resource ID."
            ),
            .requestRefused,
            .refused
        ),
        Fact(
            "3.1",
            .startCopy,
            400,
            .wrapped(
                "1002",
                "Copy request is invalid. Field 'TargetResourceRegion' must be a valid Azure region name."
            ),
            .requestRefused,
            .refused
        ),
        Fact(
            "3.1",
            .startCopy,
            400,
            .wrapped("1002", "The authorization has expired."),
            .authorizationExpired,
            .refused
        ),
        Fact(
            "3.1",
            .authorizeCopy,
            401,
            .wrapped("401", "Access denied due to invalid subscription key or wrong API endpoint."),
            .accessDenied,
            .refused
        ),
        Fact("3.1", .startCopy, 404, .wrapped("1022", "Model with 'id=a' not found."), .sourceNotFound, .refused),
        Fact(
            "3.1",
            .startCopy,
            500,
            .wrapped(
                "1999",
                "An error occurred during model copy. Retry the operation or contact service administrator if the "
                    + "issue persists."
            ),
            .sourceNotFound,
            .refused
        ),
        Fact("3.1", .startCopy, 500, .wrapped("1000", "m"), .azureUnavailable, .unknown),
        Fact("3.1", .authorizeCopy, 500, .wrapped("1999", "m"), .azureUnavailable, .unknown),
        Fact("3.1", .copyResult, 500, .wrapped("1999", "m"), .azureUnavailable, later),
        Fact("3.1", .copyResult, 404, .wrapped("1022", "m"), .copyFailed, .refused),
        Fact(
            "3.1",
            .copyResult,
            200,
            .wrapped(
                "AuthorizationError",
                "Could not retrieve authorization metadata. If this issue persists use a different target model to "
                    + "copy into."
            ),
            .targetMismatch,
            .refused
        ),
        Fact(
            "3.1",
            .copyResult,
            200,
            .wrapped("2024", "Could not fetch information for Cognitive resource with Id 'a'."),
            .targetMismatch,
            .refused
        ),
        Fact("3.1", .copyResult, 200, .wrapped("ResourceResolverError", "m"), .targetMismatch, .refused),
        Fact("3.1", .copyResult, 200, .wrapped("1002", "m"), .targetMismatch, .refused),
        Fact("3.1", .copyResult, 200, .wrapped("9999", "m"), .copyFailed, later),
        Fact("3.1", .copyResult, 200, .raw("{}"), .copyFailed, later),
        Fact(
            "3.1",
            .targetModel,
            200,
            .wrapped("3013", "Operation exceeded maximum processing time."),
            .targetInvalid,
            later
        ),
    ]

    static let documentIntelligence: [Fact] = [
        Fact(
            "3.2",
            .copyItem,
            400,
            .nested(
                "InvalidRequest",
                "Invalid request.",
                inner: "ModelNotReady",
                "Model is not ready for the requested operation."
            ),
            .sourceNotReady,
            .refused
        ),
        Fact(
            "3.2",
            .authorizeItem,
            400,
            .nested("InvalidRequest", "m", inner: "DocumentModelLimit", "Account cannot create more than 5 models"),
            .targetLimitReached,
            .refused
        ),
        Fact(
            "3.2",
            .copyItem,
            400,
            .nested("InvalidRequest", "m", inner: "DocumentModelLimit", "m"),
            .targetLimitReached,
            .refused
        ),
        invalid("InvalidParameter", .requestRefused),
        invalid("InvalidParameterLength", .requestRefused),
        invalid("ParameterMissing", .requestRefused),
        invalid("NotSupportedApiVersion", .sourceVersionMismatch),
        Fact(
            "3.2",
            .copyItem,
            400,
            .nested("InvalidRequest", "m", inner: "NotSupportedApiVersion", "m"),
            .sourceVersionMismatch,
            .refused
        ),
        forbidden(.copyItem, "AuthorizationFailed", .authorizationExpired),
        forbidden(.authorizeItem, "AuthorizationFailed", .accessDenied),
        forbidden(.authorizeItem, "InvalidDataProtectionKey", .dataProtection),
        forbidden(.copyItem, "InvalidDataProtectionKey", .dataProtection),
        forbidden(.copyItem, "OutboundAccessForbidden", .accessDenied),
        Fact(
            "3.2",
            .copyItem,
            404,
            .nested("NotFound", "Resource not found.", inner: "ModelNotFound", "The requested model was not found."),
            .sourceNotFound,
            .refused
        ),
        Fact(
            "3.2",
            .operation,
            404,
            .nested("NotFound", "Resource not found.", inner: "OperationNotFound", "m"),
            .copyFailed,
            .refused
        ),
        Fact("3.2", .copyItem, 405, .wrapped("MethodNotAllowed", "m"), .requestRefused, .refused),
        Fact(
            "3.2",
            .authorizeItem,
            409,
            .nested(
                "Conflict",
                "The request could not be completed due to a conflict with the current state of the target resource.",
                inner: "ModelExists",
                "A model with the provided name already exists."
            ),
            .targetIDTaken,
            .refused
        ),
        Fact(
            "3.2",
            .authorizeItem,
            409,
            .raw(#"{"error":{"code":"Conflict","innerError":{"code":"a","innerError":{"code":"ModelExists"}}}}"#),
            .targetIDTaken,
            .refused
        ),
        Fact("3.2", .authorizeItem, 409, .wrapped("Conflict", "m"), .targetIDTaken, .refused),
        Fact(
            "3.2",
            .deleteItem,
            409,
            .nested("Conflict", "m", inner: "ModelReadOnly", "m"),
            .requestRefused,
            .refused
        ),
        Fact(
            "3.2",
            .operation,
            400,
            .nested("InvalidRequest", "m", inner: "OperationNotCancellable", "m"),
            .requestRefused,
            .refused
        ),
        Fact(
            "3.2",
            .authorizeItem,
            410,
            .wrapped("Gone", "The requested API version has been retired."),
            .versionRetired,
            .refused
        ),
        Fact("3.2", .copyItem, 415, .wrapped("UnsupportedMediaType", "m"), .requestRefused, .refused),
        Fact(
            "3.2",
            .copyItem,
            500,
            .nested("InternalServerError", "m", inner: "Unknown", "m"),
            .azureUnavailable,
            .unknown
        ),
        Fact(
            "3.2",
            .copyItem,
            503,
            .wrapped("ServiceUnavailable", "A transient error has occurred. Try again."),
            .azureUnavailable,
            .unknown
        ),
        Fact(
            "3.2",
            .operation,
            200,
            .raw(
                """
                {"status":"failed","error":{"code":"InternalServerError","message":"An unexpected error occurred.",\
                "details":[{"code":"InternalServerError","message":"An unexpected error occurred."}]}}
                """
            ),
            .copyFailed,
            later
        ),
        Fact(
            "3.2",
            .operation,
            200,
            .nested("Forbidden", "m", inner: "AuthorizationFailed", "Authorization failed: m"),
            .targetMismatch,
            .refused
        ),
        refusing("DocumentModelLimit", .targetLimitReached),
        refusing("NotSupportedApiVersion", .sourceVersionMismatch),
        refusing("InvalidDataProtectionKey", .dataProtection),
    ]

    /// What would refuse a call may also be found out while the copy runs.
    private static func refusing(_ inner: String, _ code: FailureCode) -> Fact {
        Fact("3.2", .operation, 200, .nested("InvalidRequest", "m", inner: inner, "m"), code, .refused)
    }

    static let disasterRecovery: [Fact] = [
        Fact(
            "3.3",
            .operation,
            200,
            .wrapped("2024", "Couldn't retrieve authorization metadata."),
            .targetMismatch,
            .refused
        ),
        Fact(
            "3.3",
            .copyItem,
            400,
            .wrapped("InvalidRequest", "Authorization failure due to missing or invalid authorization claims"),
            .authorizationExpired,
            .refused
        ),
        Fact(
            "3.3",
            .copyResult,
            200,
            .wrapped("1", "Authorization failure due to missing or invalid authorization claims"),
            .targetMismatch,
            .refused
        ),
        Fact(
            "3.3",
            .operation,
            200,
            .wrapped("DataProtectionTransformServiceError", "m"),
            .dataProtection,
            .refused
        ),
        degrading(.operation, 200),
        degrading(.copyResult, 200),
        degrading(.startCopy, 400),
        degrading(.copyItem, 400),
        Fact(
            "3.3",
            .operation,
            200,
            .wrapped("1", "Couldn't fetch information for Cognitive resource with ID a"),
            .targetMismatch,
            .refused
        ),
    ]

    private static func invalid(_ inner: String, _ code: FailureCode) -> Fact {
        Fact("3.2", .authorizeItem, 400, .nested("InvalidArgument", "m", inner: inner, "m"), code, .refused)
    }

    private static func forbidden(_ kind: CallKind, _ inner: String, _ code: FailureCode) -> Fact {
        Fact("3.2", kind, 403, .nested("Forbidden", "m", inner: inner, "m"), code, .refused)
    }

    private static func degrading(_ kind: CallKind, _ status: Int) -> Fact {
        Fact(
            "3.3",
            kind,
            status,
            .wrapped(
                "1002",
                "Data transfer request isn't allowed as it downgrades to a less secure data protection scheme"
            ),
            .dataProtection,
            .refused
        )
    }
}
