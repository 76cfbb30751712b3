package import CopyDomain

/// The resources and routes a worker is configured with: what a name in a request stands for, and what is allowed.
package struct ResourceCatalogue: Sendable {
    package struct Resource: Hashable, Sendable {
        package var frozen: FrozenResource
        /// For requests that name no version, per kind.
        package var apiVersions: [CopyKind: APIVersion]
        /// How many requests may be under way at once with this resource as source or target.
        package var maxInFlight: Int
        /// Whether a request may have what bears its target's id deleted first.
        package var allowsReplacing: Bool

        package init(
            frozen: FrozenResource,
            apiVersions: [CopyKind: APIVersion],
            maxInFlight: Int,
            allowsReplacing: Bool = false
        ) {
            self.frozen = frozen
            self.apiVersions = apiVersions
            self.maxInFlight = maxInFlight
            self.allowsReplacing = allowsReplacing
        }
    }

    /// Allows copies of some kinds from one resource to another.
    package struct Route: Hashable, Sendable {
        package var source: ResourceName
        package var target: ResourceName
        package var kinds: Set<CopyKind>

        package init(source: ResourceName, target: ResourceName, kinds: Set<CopyKind>) {
            self.source = source
            self.target = target
            self.kinds = kinds
        }
    }

    package var resources: [ResourceName: Resource]
    package var routes: Set<Route>

    package init(resources: [ResourceName: Resource], routes: Set<Route>) {
        self.resources = resources
        self.routes = routes
    }
}
