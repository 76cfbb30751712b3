package import AzureEmulation
import FoundationEssentials
import Testing

extension TestAzure {
    package static let tenant = "0d6e1a5c-2b1f-4f0e-9a44-5f6f1c3c7a01"
    package static let otherTenant = "7c8d3f20-6a52-4b0b-8a7e-2f1f90d7be02"
    package static let client = "5a1f3c77-90ab-4b52-8a2b-6f1f4d6a0c11"
    package static let stranger = "5a1f3c77-90ab-4b52-8a2b-6f1f4d6a0c99"
    package static let foreigner = "9e4b0c55-1111-4b52-8a2b-6f1f4d6a0c12"
    package static let systemIdentity = "1b2c3d44-0000-4b52-8a2b-6f1f4d6a0c21"
    package static let userIdentity = "1b2c3d44-0000-4b52-8a2b-6f1f4d6a0c22"
    package static let userIdentityResource =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/copier"

    /// A directory with a client that may call ``guarded``, one without the role, one of another tenant, and two
    /// identities.
    package static let directory = EntraConfiguration(
        tokenSeconds: 600,
        audiences: [EntraConfiguration.cognitiveServices, "https://vault.azure.net"],
        identityHeader: "header-s3cret",
        tenants: [
            EntraTenantSeed(
                id: tenant,
                domain: "contoso.onmicrosoft.com",
                clients: [
                    .init(
                        id: client,
                        secrets: ["s3cret+/=&"],
                        federated: [
                            FederatedCredential(token: "whole-token"),
                            FederatedCredential(issuer: "https://oidc", subject: "system:serviceaccount:ns:copy"),
                        ]
                    ),
                    .init(id: stranger, secrets: ["stranger"]),
                ]
            ),
            EntraTenantSeed(id: otherTenant, clients: [.init(id: foreigner, secrets: ["foreigner"])]),
        ],
        identities: [
            ManagedIdentitySeed(clientId: systemIdentity, tenant: tenant, objectId: "system-object"),
            ManagedIdentitySeed(
                clientId: userIdentity,
                tenant: tenant,
                objectId: "user-object",
                resourceId: userIdentityResource
            ),
        ]
    )

    /// ``west`` with the role for the client and both identities.
    package static var guarded: ResourceConfiguration {
        var resource = west
        resource.entra = ResourceAccess(tenant: tenant, clients: [client, foreigner, systemIdentity, userIdentity])
        return resource
    }

    /// Asks for a token; `fields` replace or add to those of a client with its secret, an empty one takes it away.
    package func askToken(
        _ tenant: String = TestAzure.tenant,
        _ fields: [String: String] = [:]
    ) async throws -> Reply {
        let usual = [
            "grant_type": "client_credentials", "client_id": Self.client, "client_secret": "s3cret+/=&",
            "scope": "https://cognitiveservices.azure.com/.default",
        ]
        let form = usual.merging(fields) { $1 }.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
        return try await call(
            "POST",
            "\(endpoint("entra"))/\(tenant)/oauth2/v2.0/token",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: form.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        )
    }

    package func token(_ tenant: String = TestAzure.tenant, _ fields: [String: String] = [:]) async throws -> String {
        let reply = try await askToken(tenant, fields)
        #expect(reply.status == 200, "\(reply.text)")
        return try #require(try reply.decoded(Look.self).access_token.string)
    }

    /// Asks the metadata service for a token.
    package func askIdentity(
        _ query: String = "api-version=2018-02-01&resource=https%3A%2F%2Fcognitiveservices.azure.com",
        headers: [String: String] = ["Metadata": "true"]
    ) async throws -> Reply {
        try await call("GET", "\(endpoint("identity"))/metadata/identity/oauth2/token?\(query)", headers: headers)
    }

    /// Asks App Service's endpoint for a token.
    package func askAppService(
        _ query: String = "api-version=2019-08-01&resource=https%3A%2F%2Fcognitiveservices.azure.com",
        headers: [String: String] = ["X-IDENTITY-HEADER": "header-s3cret"]
    ) async throws -> Reply {
        try await call("GET", "\(endpoint("identity"))/msi/token?\(query)", headers: headers)
    }

    /// Lists west's models with a token.
    package func listModels(bearer: String, path: String = "v2.1/custom/models?op=summary") async throws -> Reply {
        try await call(
            "GET",
            "\(endpoint("west"))/formrecognizer/\(path)",
            headers: ["Authorization": "Bearer \(bearer)"]
        )
    }

    /// An assertion with these claims and a signature of nobody.
    package static func assertion(
        issuer: String = "https://oidc",
        subject: String = "system:serviceaccount:ns:copy",
        audience: String = #""api://AzureADTokenExchange""#,
        expires: Int64 = start.unixSeconds + 3_600
    ) -> String {
        let claims = #"{"iss":"\#(issuer)","sub":"\#(subject)","aud":\#(audience),"exp":\#(expires)}"#
        let parts = [#"{"alg":"RS256","typ":"JWT"}"#, claims, "signature"]
        return parts.map { part in
            Data(part.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }.joined(separator: ".")
    }
}
