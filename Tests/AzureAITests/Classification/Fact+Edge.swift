import CopyDomain

@testable import AzureAI

/// azure-copy-apis.md 3.4, 4 and 7.3: the gateway, the edge, and bodies that are no JSON.
extension Fact {
    static let gateway: [Fact] = [
        Fact(
            "3.4",
            .startCopy,
            429,
            .wrapped("429", "Rate limit is exceeded. Try again in 55 seconds."),
            .throttled,
            later
        ),
        Fact("7.6", .importProject, 429, .raw(#"{"statusCode":429,"message":"m"}"#), .throttled, later),
        Fact(
            "4",
            .authorizeItem,
            400,
            .wrapped(
                "BadRequest",
                "Please provide a custom subdomain for token authentication, otherwise API key is required."
            ),
            .customSubdomainRequired,
            .refused
        ),
        Fact(
            "4",
            .exportProject,
            400,
            .wrapped("BadRequest", "Please provide a custom subdomain for token authentication."),
            .customSubdomainRequired,
            .refused
        ),
        Fact("4", .startCopy, 404, .wrapped("404", "Resource not found"), .requestRefused, .refused),
        Fact("4", .targetItem, 404, .wrapped("404", "Resource not found"), .requestRefused, .refused),
        Fact("4", .copyResult, 404, .wrapped("404", "Resource not found"), .copyFailed, .refused),
        Fact("4", .startCopy, 410, .raw(""), .versionRetired, .refused),
        Fact("4", .authorizeCopy, 403, .raw(""), .accessDenied, .refused),
    ]

    static let edge: [Fact] = [
        Fact("7.3", .importProject, 411, .raw("<html>Length Required</html>"), .unexpectedAnswer, .refused),
        Fact("3.1", .authorizeItem, 401, .raw("Access denied"), .accessDenied, .refused),
        Fact("6", .copyItem, 503, .raw(""), .azureUnavailable, .unknown),
        Fact("6", .targetItem, 503, .raw(""), .azureUnavailable, later),
        Fact("6", .copyItem, 408, .raw(""), .azureUnavailable, .unknown),
        Fact("6", .copyItem, 502, .raw("<html>Bad Gateway</html>"), .azureUnavailable, .unknown),
        Fact("6", .importProject, 418, .raw(""), .requestRefused, .refused),
        Fact("6", .targetItem, 201, .raw(""), .unexpectedAnswer, later),
        Fact("6", .startCopy, 201, .raw(""), .unexpectedAnswer, .unknown),
        Fact("6", .startCopy, 302, .raw(""), .unexpectedAnswer, .unknown),
        Fact("6", .startCopy, 307, .raw(""), .unexpectedAnswer, .refused),
        Fact("6", .targetModel, 301, .raw(""), .unexpectedAnswer, later),
    ]
}
