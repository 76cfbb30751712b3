package import CopyDomain

/// Who the worker is for Entra ID, and how it gets its tokens.
package struct EntraIdentity: Sendable {
    package enum Way: Sendable {
        /// An application with a secret.
        case clientSecret(EntraApplication, secret: SecretSourceReading)
        /// An application that trusts the tokens of another issuer, e.g. of a Kubernetes cluster; the file is read for
        /// each fetch.
        case workload(EntraApplication, assertion: SecretSourceReading)
        /// The identity of a virtual machine, from its metadata service.
        /// - Parameter endpoint: `http://169.254.169.254`, or of an emulator.
        case instanceMetadata(endpoint: String, ManagedIdentity)
        /// The identity of an App Service or a Container App.
        /// - Parameters:
        ///   - endpoint: `IDENTITY_ENDPOINT`, a URL with a path.
        ///   - header: `IDENTITY_HEADER`, a secret that is good for this endpoint only.
        case appService(endpoint: String, header: Secret, ManagedIdentity)
    }

    /// In the configuration. Resources whose identities have the same name share tokens.
    package let name: String
    package let way: Way
    /// What tokens are asked for, e.g. `https://cognitiveservices.azure.com/.default`.
    package let scope: String

    package init(name: String, way: Way, scope: String) {
        self.name = name
        self.way = way
        self.scope = scope
    }
}

/// An application of a tenant.
package struct EntraApplication: Hashable, Sendable {
    /// Scheme and host of the token endpoint: the only place that a secret or an assertion goes to.
    package let authority: String
    /// An id or a domain.
    package let tenant: String
    package let clientID: String

    package init(authority: String, tenant: String, clientID: String) {
        self.authority = authority
        self.tenant = tenant
        self.clientID = clientID
    }
}

/// Which of the identities of a machine or an application.
package enum ManagedIdentity: Hashable, Sendable {
    case systemAssigned
    case clientID(String)
    case objectID(String)
    /// The ARM id of a user-assigned identity.
    case resourceID(String)
}
