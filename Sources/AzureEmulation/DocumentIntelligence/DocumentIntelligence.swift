/// Document Intelligence v3 and v4: authorize on the target, copy on the source, poll on the source
/// (azure-copy-apis.md 2).
struct DocumentIntelligence: ServiceFamily {
    /// By resource.
    var shelves: [DocumentShelf] = []
    /// By access token.
    var grants: [String: DocumentGrant] = [:]
    /// By operation id in lower case.
    var operations: [String: DocumentOperation] = [:]
    var agenda = Agenda<String>()

    init(resources: [ResourceConfiguration], now: Moment, in premises: inout Premises) {
        for resource in resources {
            var shelf = DocumentShelf()
            for (kind, seeds) in [
                (DocumentKind.model, resource.documentModels), (.classifier, resource.documentClassifiers),
            ] {
                let list = seeds.listed(or: { DocumentSeed(id: "\(resource.name)-document-\(kind.rawValue)-\($0)") })
                for seed in list { shelf[kind, seed.id] = DocumentAsset(seed, kind, now: now, &premises.random) }
            }
            shelves.append(shelf)
        }
    }

    mutating func answer(_ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        let resource = premises.resources[work.resource]
        do {
            return try carryOut(work, in: &premises)
        } catch {
            return Self.refused(error, by: resource)
        }
    }

    private mutating func carryOut(
        _ work: Work<Route>,
        in premises: inout Premises
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        switch work.route.target {
        case .authorizeCopy(let kind): try authorize(kind, work, in: &premises)
        case .copyTo(let kind, let id): try copy(kind, from: id, work, in: &premises)
        case .getOperation(let id): try operation(id, work, in: &premises)
        case .listOperations: try list(work, in: premises)
        case .get(let kind, let id): try details(of: kind, id, work)
        case .delete(let kind, let id): try delete(kind, id, work, in: premises)
        case .list(let kind): try list(kind, work, in: premises)
        case .getInfo: info(work, in: premises)
        case .notAllowed: throw .methodNotAllowed
        case .versionMissing: throw .parameterMissing("api-version")
        }
    }

    func copyPolled(by route: Route, at resource: Int) -> CopyNumber? {
        guard case .getOperation(let id) = route.target else { return nil }
        return operations[id.lowercased()].flatMap { $0.resource == resource ? $0.number : nil }
    }

    /// The ids that authorizations hold and no copy has filled, for the report.
    func reservations(in premises: Premises) -> [JSON] {
        shelves.enumerated().flatMap { resource, shelf in
            DocumentKind.allCases.flatMap { kind in
                shelf.sorted(kind).filter(\.isReservation).map { asset in
                    [
                        "resource": .string(premises.resources[resource].name), "kind": .string(kind.record.rawValue),
                        "id": .string(asset.id), "reservedAt": .string(asset.madeAt.sevenDigits),
                        "clientRequestID": .text(asset.clientRequestID),
                    ]
                }
            }
        }
    }
}

extension DocumentAsset {
    fileprivate init(_ seed: DocumentSeed, _ kind: DocumentKind, now: Moment, _ random: inout SplitMix64) {
        let builtAt = now.after(seconds: -30 * 86_400 * (1 + random.fraction()))
        self.init(
            kind: kind,
            id: seed.id,
            state: seed.ready ? .ready : .building,
            content: .init(
                docTypes: seed.docTypes.isEmpty ? [seed.id] : seed.docTypes,
                createdAt: builtAt.wholeSeconds,
                modifiedAt: builtAt.wholeSeconds,
                // Two years after the build (azure-copy-apis.md 2.4).
                expiresAt: seed.expiration ?? builtAt.after(seconds: 730 * 86_400).wholeSeconds,
                apiVersion: seed.apiVersion,
                isEncrypted: seed.encrypted
            ),
            description: seed.description,
            tags: seed.tags,
            madeAt: builtAt
        )
    }
}
