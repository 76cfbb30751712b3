/// What is wrong with a federated token.
extension EntraRefusal {
    static let malformedAssertion = EntraRefusal(
        status: .unauthorized,
        error: "invalid_client",
        code: 50027,
        sentence: "JWT token is invalid or malformed."
    )

    static func wrongAssertionType(_ type: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "invalid_request",
            code: 900_023,
            sentence: "The client assertion type '\(type)' is not supported."
        )
    }

    static func expiredAssertion(expiry: Moment, now: Moment) -> EntraRefusal {
        EntraRefusal(
            status: .unauthorized,
            error: "invalid_client",
            code: 700_024,
            sentence: """
                Client assertion is not within its valid time range. Current time: \(now.sevenDigits), expiry time \
                of assertion \(expiry.sevenDigits).
                """
        )
    }

    static func unmatched(issuer: String) -> EntraRefusal {
        unmatched(700_211, "issuer '\(issuer)'")
    }

    static func unmatched(audience: String) -> EntraRefusal {
        unmatched(700_212, "audience, which must be '\(audience)'")
    }

    static func unmatched(subject: String) -> EntraRefusal {
        unmatched(700_213, "subject '\(subject)'")
    }

    private static func unmatched(_ code: Int, _ what: String) -> EntraRefusal {
        EntraRefusal(
            status: .unauthorized,
            error: "invalid_client",
            code: code,
            sentence: """
                No matching federated identity record found for presented assertion \(what). Check your federated \
                identity credential Subject, Audience and Issuer against the presented assertion.
                """
        )
    }
}
