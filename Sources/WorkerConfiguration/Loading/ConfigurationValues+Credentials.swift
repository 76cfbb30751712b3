import AzureAI
import CopyDomain

extension ConfigurationValues {
    /// The identities for Entra ID by name, and the environment variables that hold their secrets.
    mutating func credentials(
        allowPlainHTTP: Bool
    ) -> (identities: [String: EntraIdentity], variables: Set<String>) {
        var identities: [String: EntraIdentity] = [:]
        var variables: Set<String> = []
        for name in outline.names["credentials", default: []] where checkName(name, section: "credentials") {
            identities[name] = identity(name, allowPlainHTTP: allowPlainHTTP, variables: &variables)
        }
        return (identities, variables)
    }

    /// The key or the identity of a resource; one of three keys names it.
    mutating func credential(
        of name: String,
        endpoint: String,
        _ identities: [String: EntraIdentity],
        variables: inout Set<String>
    ) -> Credential? {
        let secret = secret(
            variable: Keys.Resource.keyEnv,
            file: Keys.Resource.keyFile,
            named: name,
            form: .key,
            mayComeLater: true
        )
        variables.formUnion(secret.variables)
        let identityName = text(Keys.Resource.credential, named: name)
        guard let identityName else {
            if let source = secret.source { return .key(KeptSecret(source, as: .key).read) }
            if !isReported(Keys.Resource.keyEnv, named: name), !isReported(Keys.Resource.keyFile, named: name) {
                report(
                    section: ["resources", name],
                    "has no key",
                    advice:
                        "Name an environment variable with keyEnv, a file with keyFile, or one of `credentials` with "
                        + "credential."
                )
            }
            return nil
        }
        if secret.source != nil {
            report(
                Keys.Resource.credential,
                named: name,
                "stands beside a key",
                advice: "Give one of keyEnv, keyFile and credential."
            )
        }
        if EndpointURL.isRegional(endpoint) {
            warn(
                Keys.Resource.endpoint,
                named: name,
                "is regional: Azure takes tokens of Entra ID at custom subdomains only",
                advice: "Write https://NAME.cognitiveservices.azure.com, or use a key."
            )
        }
        guard outline.names["credentials", default: []].contains(identityName) else {
            let near = Suggestion.nearest(to: identityName, among: outline.names["credentials", default: []])
            report(
                Keys.Resource.credential,
                named: name,
                "\"\(identityName.prefix(60))\" is no name under credentials",
                advice: near.map { "Did you mean \($0)?" } ?? "Add it under credentials."
            )
            return nil
        }
        return identities[identityName].map(Credential.entraID)
    }

    // MARK: - One identity

    private mutating func identity(
        _ name: String,
        allowPlainHTTP: Bool,
        variables: inout Set<String>
    ) -> EntraIdentity? {
        let kind = choice(Keys.Credential.kind, of: EntraKind.self, named: name)
        let cloud = choice(Keys.Credential.cloud, of: AzureCloud.self, named: name) ?? .public
        let isWorkload = kind == .workloadIdentity
        let tenant = id(Keys.Credential.tenant, name, default: isWorkload ? environment["AZURE_TENANT_ID"] : nil)
        let clientID = id(Keys.Credential.clientID, name, default: isWorkload ? environment["AZURE_CLIENT_ID"] : nil)
        let secret = secret(
            variable: Keys.Credential.clientSecretEnv,
            file: Keys.Credential.clientSecretFile,
            named: name,
            form: .key,
            mayComeLater: true
        )
        variables.formUnion(secret.variables)
        let tokenFile = text(
            Keys.Credential.tokenFile,
            named: name,
            default: isWorkload ? environment["AZURE_FEDERATED_TOKEN_FILE"] : nil
        )
        let objectID = id(Keys.Credential.objectID, name)
        let resourceID = text(Keys.Credential.resourceID, named: name)
        let authority = address(
            Keys.Credential.authority,
            name,
            default: isWorkload ? environment["AZURE_AUTHORITY_HOST"] : nil,
            allowPlainHTTP: allowPlainHTTP
        )
        let scope = text(Keys.Credential.scope, named: name) ?? cloud.scope
        let metadata = address(Keys.Credential.metadataEndpoint, name, allowPlainHTTP: allowPlainHTTP)
        guard let kind else { return nil }
        refuseForeign(
            to: kind,
            name,
            [
                (Keys.Credential.tenant, tenant != nil, [.clientSecret, .workloadIdentity]),
                (Keys.Credential.clientSecretEnv, secret.source != nil, [.clientSecret]),
                (Keys.Credential.tokenFile, tokenFile != nil, [.workloadIdentity]),
                (Keys.Credential.authority, authority != nil, [.clientSecret, .workloadIdentity]),
                (Keys.Credential.objectID, objectID != nil, [.managedIdentity]),
                (Keys.Credential.resourceID, resourceID != nil, [.managedIdentity]),
                (Keys.Credential.metadataEndpoint, metadata != nil, [.managedIdentity]),
            ]
        )
        let way: EntraIdentity.Way?
        switch kind {
        case .clientSecret:
            let application = application(name, authority ?? cloud.authority, tenant, clientID)
            if secret.source == nil, !isReported(Keys.Credential.clientSecretEnv, named: name),
                !isReported(Keys.Credential.clientSecretFile, named: name)
            {
                report(
                    section: ["credentials", name],
                    "has no secret",
                    advice: "Name an environment variable with clientSecretEnv, or a file with clientSecretFile."
                )
            }
            way = application.flatMap { application in
                secret.source.map { .clientSecret(application, secret: KeptSecret($0, as: .key).read) }
            }
        case .workloadIdentity:
            let application = application(name, authority ?? cloud.authority, tenant, clientID)
            let assertion = assertion(tokenFile, name)
            way = application.flatMap { application in
                assertion.map { .workload(application, assertion: $0.read) }
            }
        case .managedIdentity:
            way = managed(name, metadata, clientID: clientID, objectID: objectID, resourceID: resourceID)
        }
        return way.map { EntraIdentity(name: name, way: $0, scope: scope) }
    }

    private mutating func application(
        _ name: String,
        _ authority: String,
        _ tenant: String?,
        _ clientID: String?
    ) -> EntraApplication? {
        for (key, value) in [(Keys.Credential.tenant, tenant), (Keys.Credential.clientID, clientID)]
        where value == nil && !isReported(key, named: name) {
            report(key, named: name, "is missing", advice: "Add it: \(key.meaning).")
        }
        guard let tenant, let clientID else { return nil }
        return EntraApplication(authority: authority, tenant: tenant, clientID: clientID)
    }

    private mutating func assertion(_ path: String?, _ name: String) -> KeptSecret? {
        guard let path else {
            report(
                Keys.Credential.tokenFile,
                named: name,
                "is missing, and AZURE_FEDERATED_TOKEN_FILE is not set",
                advice: "Name the file of the federated token."
            )
            return nil
        }
        let source = SecretSource.file(path)
        secretFiles.append(path)
        do throws(SecretSourceError) {
            _ = try source.read(as: .key)
        } catch {
            warn(
                Keys.Credential.tokenFile,
                named: name,
                "\(error.description); until then what needs it fails",
                advice: "Check that the token is projected there; it is read without a restart."
            )
        }
        return KeptSecret(source, as: .key)
    }

    private mutating func managed(
        _ name: String,
        _ metadata: String?,
        clientID: String?,
        objectID: String?,
        resourceID: String?
    ) -> EntraIdentity.Way {
        let choices: [ManagedIdentity] = [
            clientID.map(ManagedIdentity.clientID), objectID.map(ManagedIdentity.objectID),
            resourceID.map(ManagedIdentity.resourceID),
        ].compactMap { $0 }
        if choices.count > 1 {
            report(
                section: ["credentials", name],
                "names an identity in several ways",
                advice: "Give one of clientId, objectId and resourceId, or none for the system-assigned identity."
            )
        }
        if let resourceID, !resourceID.lowercased().contains("/userassignedidentities/") {
            report(
                Keys.Credential.resourceID,
                named: name,
                "is no ARM id of a user-assigned identity",
                advice: "Copy it from the identity's page \"Properties\" in the Azure portal."
            )
        }
        let choice = choices.first ?? .systemAssigned
        if let metadata { return .instanceMetadata(endpoint: metadata, choice) }
        if let endpoint = environment["IDENTITY_ENDPOINT"], let header = environment["IDENTITY_HEADER"] {
            if !isPlatformEndpoint(endpoint) {
                report(
                    section: ["credentials", name],
                    "the environment variable IDENTITY_ENDPOINT holds no URL",
                    advice: "Leave it as the platform sets it, or give metadataEndpoint."
                )
            }
            return .appService(endpoint: endpoint, header: Secret(header), choice)
        }
        return .instanceMetadata(endpoint: "http://169.254.169.254", choice)
    }

    // MARK: - Values

    /// Says which keys have no place beside this kind.
    private mutating func refuseForeign(
        to kind: EntraKind,
        _ name: String,
        _ keys: [(key: ConfigurationKey, isGiven: Bool, kinds: [EntraKind])]
    ) {
        for (key, isGiven, kinds) in keys where isGiven && !kinds.contains(kind) {
            report(
                key,
                named: name,
                "has no meaning for \(kind.rawValue)",
                advice: "Take it out; it belongs to \(kinds.map(\.rawValue).joined(separator: " and "))."
            )
        }
    }

    /// An id or a domain: nothing that could leave its place in a URL.
    private mutating func id(_ key: ConfigurationKey, _ name: String, default fallback: String? = nil) -> String? {
        guard let text = text(key, named: name, default: fallback) else { return nil }
        let isValid =
            text.utf8.count <= 253
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            } && text.utf8.contains { $0 != UInt8(ascii: ".") }
        if !isValid {
            report(key, named: name, "is no id", advice: "Copy it from the Azure portal: \(key.meaning).")
            return nil
        }
        return text
    }

    private mutating func address(
        _ key: ConfigurationKey,
        _ name: String,
        default fallback: String? = nil,
        allowPlainHTTP: Bool
    ) -> String? {
        guard let text = text(key, named: name, default: fallback) else { return nil }
        do throws(EndpointURL.Fault) {
            let endpoint = try EndpointURL(text)
            if endpoint.isPlain, !endpoint.isLoopback, !endpoint.isLinkLocal, !allowPlainHTTP {
                report(
                    key,
                    named: name,
                    "is plain http: secrets and tokens would travel in the clear",
                    advice: "Write https://, or set azure.allowPlainHTTP for an emulator."
                )
            }
            return endpoint.text
        } catch {
            report(key, named: name, error.rawValue, advice: "Write scheme and host, e.g. https://HOST.")
            return nil
        }
    }

    private func isPlatformEndpoint(_ text: String) -> Bool {
        (text.hasPrefix("http://") || text.hasPrefix("https://"))
            && text.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: "@") }
    }
}
