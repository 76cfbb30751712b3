/// Something that a resource holds: a model, a classifier, a reserved id or a project.
package struct HeldItem: Hashable, Sendable {
    package let resource: String
    package let id: String
    /// Projects and v2.1 models only.
    package let name: String?
    /// As the admin port spells it.
    package let status: String
    /// Who made it, where that is known.
    package let clientRequestID: String?
    package let madeAt: Moment
}

extension EmulatedAzure {
    /// Everything that a resource holds by now; nothing for a resource that there is not.
    package func items(of resource: String) -> [HeldItem] {
        let now = clock.now
        return withCloud { cloud in
            cloud.settle(until: now)
            return cloud.premises.resource(named: resource).map { cloud.items(of: $0) } ?? []
        }
    }
}

extension AzureCloud {
    fileprivate func items(of number: Int) -> [HeldItem] {
        let resource = premises.resources[number].name
        let models = formRecognizer.models[number].values.sorted { $0.id < $1.id }.map { model in
            HeldItem(
                resource: resource,
                id: model.id,
                name: model.content.name,
                status: model.status.rawValue,
                clientRequestID: model.clientRequestID,
                madeAt: model.madeAt
            )
        }
        let documents = DocumentKind.allCases.flatMap { documentIntelligence.shelves[number].sorted($0) }.map { asset in
            HeldItem(
                resource: resource,
                id: asset.id,
                name: nil,
                status: asset.state.text,
                clientRequestID: asset.clientRequestID,
                madeAt: asset.madeAt
            )
        }
        let projects = customVision.projects[number].values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map {
            project in
            HeldItem(
                resource: resource,
                id: project.id,
                name: project.name,
                status: project.status.rawValue,
                clientRequestID: project.clientRequestID,
                madeAt: project.created
            )
        }
        return models + documents + projects
    }
}

extension DocumentAsset.State {
    var text: String {
        switch self {
        case .reserved: "reserved"
        case .building: "building"
        case .ready: "ready"
        }
    }
}
