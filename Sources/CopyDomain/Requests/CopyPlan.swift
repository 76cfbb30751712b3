/// A resource as it was configured when a request was accepted. A run keeps to it whatever the configuration becomes.
package struct FrozenResource: Codable, Hashable, Sendable {
    package let name: ResourceName
    /// Scheme, host and port, without a trailing slash, e.g. `https://invoices.cognitiveservices.azure.com`.
    package let endpoint: String
    /// `/subscriptions/…/resourceGroups/…/providers/Microsoft.CognitiveServices/accounts/…`
    package let armID: String
    /// e.g. `westus2`
    package let region: String

    package init(name: ResourceName, endpoint: String, armID: String, region: String) {
        self.name = name
        self.endpoint = endpoint
        self.armID = armID
        self.region = region
    }

    /// What the resource is, whatever the configuration calls it: two entries may be about one resource.
    var identity: String { armID.lowercased() }
}

/// An accepted request with everything that may not change while it runs.
package struct CopyPlan: Codable, Hashable, Sendable {
    package let request: CopyRequest
    package let source: FrozenResource
    package let target: FrozenResource
    package let acceptedAt: Timestamp
    package let deadline: Timestamp
    package let limits: MachineLimits

    package init(
        request: CopyRequest,
        source: FrozenResource,
        target: FrozenResource,
        acceptedAt: Timestamp,
        deadline: Timestamp,
        limits: MachineLimits
    ) {
        self.request = request
        self.source = source
        self.target = target
        self.acceptedAt = acceptedAt
        self.deadline = deadline
        self.limits = limits
    }
}

extension CopyPlan {
    /// - Throws: also for a plan that no request could have led to, which a machine could not go on with.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            request: try container.decode(CopyRequest.self, forKey: .request),
            source: try container.decode(FrozenResource.self, forKey: .source),
            target: try container.decode(FrozenResource.self, forKey: .target),
            acceptedAt: try container.decode(Timestamp.self, forKey: .acceptedAt),
            deadline: try container.decode(Timestamp.self, forKey: .deadline),
            limits: try container.decode(MachineLimits.self, forKey: .limits)
        )
        guard request.isSpeakable else {
            throw DecodingError.dataCorruptedError(
                forKey: .request,
                in: container,
                debugDescription: "kind, version and ids do not go together"
            )
        }
    }
}

extension CopyRequest {
    /// Whether the version has the kind, and the ids that its calls need.
    fileprivate var isSpeakable: Bool {
        guard apiVersion.kinds.contains(kind) else { return false }
        switch apiVersion.family {
        case .documentIntelligence: return target.id != nil
        case .formRecognizer, .customVision: return true
        }
    }
}

/// How long a machine waits for what, and how often it tries. Frozen into the plan like everything else.
package struct MachineLimits: Codable, Hashable, Sendable {
    /// v2: how long the target of a copy whose answer was lost is watched from `creating` to `ready`.
    package var lostCopyWatch: Duration = .seconds(120)
    /// v3 and later: how long the operation of a copy whose answer was lost is searched for.
    package var lostStartSearch: Duration = .seconds(60)
    /// Custom Vision: how long a project may stay unseen after an import whose answer was lost.
    package var lostImportWatch: Duration = .seconds(60)
    /// Custom Vision: how long one import may stay `Importing`.
    package var importTime: Duration = .seconds(3600)
    /// How long a copy that can no longer be cancelled is polled on after its deadline or a cancel.
    package var grace: Duration = .seconds(600)
    /// How long a target may take to become visible as ready after Azure said that the copy succeeded.
    package var verification: Duration = .seconds(60)
    /// How often the side effect of a copy is begun anew: one authorization and copy, or one export and import, each.
    package var attempts: Int = 3
    /// v2: how many answers to an authorization may be lost before the run gives up; each may leave an empty model.
    package var lostAuthorizations: Int = 5

    package init() {}
}
