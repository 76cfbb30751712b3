/// Whether a token opens a resource.
extension EmulatedResource {
    /// What the gateway says to the bearer of `token`, or of one that nobody gave out; nil lets him in.
    func denial(of token: AccessToken?) -> EmulatedAnswer? {
        guard !regional else { return .subdomainNeeded }
        let audience = access?.audience ?? EntraConfiguration.cognitiveServices
        guard let access, let token, token.audience.withoutLastSlash.isSame(as: audience.withoutLastSlash) else {
            return .tokenInvalid(audience: audience)
        }
        guard token.tenant.isSame(as: access.tenant) else { return .tenantMismatch(token.tenant) }
        guard access.clients.contains(where: token.clientID.isSame) else { return .permissionDenied }
        return nil
    }
}

extension EmulatedAnswer {
    /// Without Content-Type, to the letter (azure-sdk-for-net #17192).
    static func tokenInvalid(audience: String) -> EmulatedAnswer {
        EmulatedAnswer(
            status: .unauthorized,
            dressing: .gateway,
            body: """
                { "statusCode": 401, "message": "Unauthorized. Access token is missing, invalid, \
                audience is incorrect (\(audience)), or have expired." }
                """
        )
    }

    /// A token of a caller without the role: 401, not 403 (azure-sdk-for-js #38322).
    static let permissionDenied = gatewayError(
        .unauthorized,
        "PermissionDenied",
        "Principal does not have access to API/Operation."
    )

    /// Regional endpoints take keys only (azure-copy-apis.md 4).
    static let subdomainNeeded = gatewayError(
        .badRequest,
        "BadRequest",
        "Please provide a custom subdomain for token authentication, otherwise API key is required."
    )

    static func tenantMismatch(_ tenant: String) -> EmulatedAnswer {
        gatewayError(
            .badRequest,
            "Tenant provided in token does not match resource token",
            "Token tenant \(tenant) does not match resource tenant."
        )
    }

    private static func gatewayError(_ status: Status, _ code: String, _ message: String) -> EmulatedAnswer {
        EmulatedAnswer(
            status: status,
            dressing: .gateway,
            contentType: "application/json",
            body: errorBody(code: code, message: message).text
        )
    }
}
