/// Where the directory listens.
package struct DirectoryDoors: Sendable {
    /// Of the token endpoint.
    package let endpoint: String
    /// Of the endpoints for managed identities.
    package let identityEndpoint: String

    package init(endpoint: String, identityEndpoint: String) {
        self.endpoint = endpoint
        self.identityEndpoint = identityEndpoint
    }
}
