/// An error as the token endpoint spells it.
///
/// Shapes: published answers to real clients; the statuses of the federated ones are a guess.
struct EntraRefusal: Error, Sendable, Equatable {
    let status: EmulatedAnswer.Status
    let error: String
    /// The number after AADSTS.
    let code: Int
    let sentence: String

    static func unknownTenant(_ name: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "invalid_request",
            code: 90002,
            sentence: """
                Tenant '\(name)' not found. Check to make sure you have the correct tenant ID and are signing into \
                the correct cloud. Check with your subscription administrator, this may happen if there are no \
                active subscriptions for the tenant.
                """
        )
    }

    static func missing(_ parameter: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "invalid_request",
            code: 900144,
            sentence: "The request body must contain the following parameter: '\(parameter)'."
        )
    }

    static func unsupportedGrant(_ grant: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "unsupported_grant_type",
            code: 70003,
            sentence: "The app requested an unsupported grant type '\(grant)'."
        )
    }

    static func unknownClient(_ id: String, tenant: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "unauthorized_client",
            code: 700016,
            sentence: """
                Application with identifier '\(id)' was not found in the directory '\(tenant)'. This can happen if \
                the application has not been installed by the administrator of the tenant or consented to by any \
                user in the tenant. You may have sent your authentication request to the wrong tenant.
                """
        )
    }

    static let noCredential = EntraRefusal(
        status: .unauthorized,
        error: "invalid_client",
        code: 7_000_218,
        sentence:
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
    )

    static func wrongSecret(client: String) -> EntraRefusal {
        EntraRefusal(
            status: .unauthorized,
            error: "invalid_client",
            code: 7_000_215,
            sentence: """
                Invalid client secret provided. Ensure the secret being sent in the request is the client secret \
                value, not the client secret ID, for a secret added to app '\(client)'.
                """
        )
    }

    static func invalidScope(_ scope: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "invalid_scope",
            code: 70011,
            sentence: """
                The provided request must include a 'scope' input parameter. The provided value for the input \
                parameter 'scope' is not valid. The scope \(scope) is not valid.
                """
        )
    }

    static func noDefaultScope(_ scope: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "invalid_scope",
            code: 1_002_012,
            sentence: """
                The provided value for scope \(scope) is not valid. Client credential flows must have a scope value \
                with /.default suffixed to the resource identifier (application ID URI).
                """
        )
    }

    static func unknownResource(_ name: String, tenant: String) -> EntraRefusal {
        EntraRefusal(
            status: .badRequest,
            error: "invalid_resource",
            code: 500_011,
            sentence: """
                The resource principal named \(name) was not found in the tenant named \(tenant). This can happen \
                if the application has not been installed by the administrator of the tenant or consented to by \
                any user in the tenant. You might have sent your authentication request to the wrong tenant.
                """
        )
    }
}
