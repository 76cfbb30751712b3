extension DocumentIntelligence {
    /// There is no status: what is not ready is not found (azure-copy-apis.md 2.4).
    func details(
        of kind: DocumentKind,
        _ id: String,
        _ work: Work<Route>
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        let asset = (kind == .model ? PrebuiltModels.model(id) : nil) ?? shelves[work.resource][kind, id]
        guard let asset, isShown(asset, by: work.route.version), let details = asset.details(work.route.version) else {
            throw .modelNotFound
        }
        return Self.shown(details)
    }

    private func isShown(_ asset: DocumentAsset, by version: DocumentIntelligenceVersion) -> Bool {
        switch asset.state {
        case .reserved, .building: false
        case .ready: asset.content.map { version.shows($0.apiVersion) } ?? false
        }
    }

    /// 204, and the id is free again; a reservation can be made to stay.
    mutating func delete(
        _ kind: DocumentKind,
        _ id: String,
        _ work: Work<Route>,
        in premises: Premises
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        if kind == .model, PrebuiltModels.model(id) != nil { throw .modelReadOnly }
        guard let asset = shelves[work.resource][kind, id] else { throw .modelNotFound }
        if asset.isReservation {
            guard !premises.resources[work.resource].quirks.keepReservations else { throw .modelNotFound }
        } else if let content = asset.content {
            guard work.route.version.shows(content.apiVersion) else { throw .modelNotFound }
        }
        shelves[work.resource][kind, id] = nil
        return EmulatedAnswer(status: .noContent, dressing: .formRecognizer)
    }

    /// Custom models and Microsoft's own, in the order of their ids.
    func list(
        _ kind: DocumentKind,
        _ work: Work<Route>,
        in premises: Premises
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        let version = work.route.version
        let custom = shelves[work.resource].sorted(kind).filter { isShown($0, by: version) }
        let all = kind == .model ? custom + PrebuiltModels.all : custom
        return try Self.page(all.sorted { $0.id < $1.id }, of: kind.collection, work, in: premises) {
            $0.listed(version)
        }
    }

    /// Counts and limits, also of what is only reserved.
    func info(_ work: Work<Route>, in premises: Premises) -> EmulatedAnswer {
        let resource = premises.resources[work.resource]
        return Self.shown(
            .members([
                (
                    "customDocumentModels",
                    [
                        "count": .count(shelves[work.resource][.model].count),
                        "limit": .count(resource.documentModelLimit),
                    ]
                ),
                (
                    "customNeuralDocumentModelBuilds",
                    work.route.version.hasExpirations
                        ? [
                            "used": 0, "quota": 20,
                            "quotaResetDateTime": .string(work.now.startOfNextMonth.wholeSeconds),
                        ] : nil
                ),
            ])
        )
    }
}
