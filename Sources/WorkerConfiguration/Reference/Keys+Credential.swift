import AzureAI

extension Keys {
    enum Credential {
        static let kind = ConfigurationKey(
            "credentials.<name>.kind",
            .choice(EntraKind.allCases.map(\.rawValue)),
            required: true,
            "how tokens of Entra ID are had; resources that name the credential share its tokens"
        )
        static let cloud = ConfigurationKey(
            "credentials.<name>.cloud",
            .choice(AzureCloud.allCases.map(\.rawValue)),
            default: AzureCloud.public.rawValue,
            "which authority and scope are meant, unless they are given"
        )
        static let tenant = key(
            "tenant",
            "id or domain of the tenant; required for `client-secret`, for `workload-identity` without "
                + "`AZURE_TENANT_ID` in the environment"
        )
        static let clientID = key(
            "clientId",
            "the application's client id, required as `tenant` is (`AZURE_CLIENT_ID`); for `managed-identity` that of a "
                + "user-assigned identity"
        )
        static let clientSecretEnv = key(
            "clientSecretEnv",
            "`client-secret`: the environment variable that holds the secret"
        )
        static let clientSecretFile = file(
            "clientSecretFile",
            "`client-secret`: the file that holds the secret, instead of `clientSecretEnv`; read anew for every token"
        )
        static let tokenFile = file(
            "tokenFile",
            "`workload-identity`: the federated token, read anew for every token; without it the file that "
                + "`AZURE_FEDERATED_TOKEN_FILE` names"
        )
        static let objectID = key("objectId", "`managed-identity`: a user-assigned identity by its object id")
        static let resourceID = key("resourceId", "`managed-identity`: a user-assigned identity by its ARM id")
        static let authority = key(
            "authority",
            "where tokens are asked for, scheme and host; without it the cloud's, for `workload-identity` first "
                + "`AZURE_AUTHORITY_HOST`"
        )
        static let scope = key("scope", "what tokens are asked for; without it the cloud's, for Azure AI resources")
        static let metadataEndpoint = key(
            "metadataEndpoint",
            "`managed-identity`: the metadata service; without it `IDENTITY_ENDPOINT` of App Service and Container Apps "
                + "where that is set, else `http://169.254.169.254`"
        )

        static let all = [
            kind, cloud, tenant, clientID, clientSecretEnv, clientSecretFile, tokenFile, objectID, resourceID,
            authority, scope, metadataEndpoint,
        ]

        private static func key(_ name: String, _ meaning: String) -> ConfigurationKey {
            ConfigurationKey("credentials.<name>.\(name)", .text, meaning)
        }

        private static func file(_ name: String, _ meaning: String) -> ConfigurationKey {
            ConfigurationKey("credentials.<name>.\(name)", .file, meaning)
        }
    }
}

/// The ways to tokens of Entra ID, as the configuration calls them.
enum EntraKind: String, CaseIterable, Sendable {
    case clientSecret = "client-secret"
    case workloadIdentity = "workload-identity"
    case managedIdentity = "managed-identity"
}
