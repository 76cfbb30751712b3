/// The endpoints where programs in Azure get tokens of their managed identity.
extension EntraDirectory {
    /// Why no identity serves.
    enum IdentityRefusal: Error, Sendable, Equatable {
        case noIdentity
        case severalIdentities
        case unknownResource(String, tenant: String)
        case missing(String)
        case forwarded
        case noHeader
        case badVersion(String)
    }

    /// How a query may name a user-assigned identity.
    private enum Naming: CaseIterable {
        case clientID, objectID, resourceID

        var parameters: [String] {
            switch self {
            case .clientID: ["client_id"]
            case .objectID: ["object_id", "principal_id"]
            case .resourceID: ["mi_res_id", "msi_res_id"]
            }
        }

        func value(of identity: ManagedIdentitySeed) -> String? {
            switch self {
            case .clientID: identity.clientId
            case .objectID: identity.objectId
            case .resourceID: identity.resourceId
            }
        }
    }

    /// The identity that the query names, or the only one that can be meant.
    func identity(for query: Query) throws(IdentityRefusal) -> ManagedIdentitySeed {
        var candidates = identities
        var named = false
        for naming in Naming.allCases {
            for parameter in naming.parameters {
                guard let wanted = query[parameter] else { continue }
                named = true
                candidates = candidates.filter { naming.value(of: $0)?.isSame(as: wanted) == true }
            }
        }
        if !named, let system = candidates.first(where: \.isSystemAssigned) { return system }
        guard let first = candidates.first else { throw .noIdentity }
        guard candidates.count == 1 else { throw .severalIdentities }
        return first
    }

    /// What an identity may have for the resource of the query.
    func grant(
        _ query: Query,
        to identity: ManagedIdentitySeed,
        at now: Moment
    ) throws(IdentityRefusal) -> AccessToken {
        guard let resource = query["resource"], !resource.isEmpty else { throw .missing("resource") }
        guard let audience = audience(resource) else {
            throw .unknownResource(resource, tenant: identity.tenant)
        }
        return AccessToken(
            clientID: identity.clientId,
            tenant: identity.tenant,
            audience: audience,
            expiresAt: now.after(seconds: Double(managedTokenSeconds))
        )
    }

    /// Refuses what the metadata service refuses before it looks at identities.
    func checkMetadata(_ request: EmulatedRequest) throws(IdentityRefusal) {
        guard request.header("metadata")?.lowercased() == "true" else { throw .noHeader }
        guard request.header("x-forwarded-for") == nil else { throw .forwarded }
        try checkVersion(request.query, oneOf: ["2018-02-01", "2019-08-01", "2020-06-01", "2021-02-01"])
    }

    func checkAppService(_ request: EmulatedRequest) throws(IdentityRefusal) {
        guard request.header("x-identity-header") == identityHeader else { throw .noHeader }
        try checkVersion(request.query, oneOf: ["2019-08-01"])
    }

    private func checkVersion(_ query: Query, oneOf known: [String]) throws(IdentityRefusal) {
        guard let version = query["api-version"] else { throw .missing("api-version") }
        guard known.contains(version) else { throw .badVersion(version) }
    }
}
