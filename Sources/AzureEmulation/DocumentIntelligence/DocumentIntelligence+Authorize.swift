import FoundationEssentials

extension DocumentIntelligence {
    /// The body of an authorizeCopy call.
    private struct Wish: Decodable {
        let modelId: String?
        let classifierId: String?
        let description: String?
        let tags: [String: String]?
    }

    /// 200, and from now on the id is reserved (azure-copy-apis.md 2.1).
    mutating func authorize(
        _ kind: DocumentKind,
        _ work: Work<Route>,
        in premises: inout Premises
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        guard work.request.isJSON else { throw .unsupportedMediaType }
        guard let wish = try? JSONDecoder().decode(Wish.self, from: Data(work.request.body)) else {
            throw .invalidParameter("The request body is not valid.")
        }
        let id = try Self.id(kind == .model ? wish.modelId : wish.classifierId, of: kind)
        if let description = wish.description, description.unicodeScalars.count > 4_096 {
            throw .invalidLength("The parameter description must not be longer than 4096.")
        }
        guard shelves[work.resource][kind, id] == nil else { throw .modelExists }
        let resource = premises.resources[work.resource]
        if kind == .model, shelves[work.resource][.model].count >= resource.documentModelLimit {
            throw .modelLimit(resource.documentModelLimit)
        }
        return reserve(kind, id, wish, work, in: &premises)
    }

    /// 2 to 64 characters, and none of Microsoft's own names.
    private static func id(_ id: String?, of kind: DocumentKind) throws(DocumentRefusal) -> String {
        guard let id else { throw .parameterMissing(kind.idMember) }
        func isPlain(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            case _: false
            }
        }
        let marks = Array("._~-".utf8)
        guard (2...64).contains(id.utf8.count), let first = id.utf8.first, isPlain(first),
            id.utf8.allSatisfy({ isPlain($0) || marks.contains($0) }), !id.hasPrefix(PrebuiltModels.prefix)
        else { throw .invalidParameter("The parameter \(kind.idMember) is invalid.") }
        return id
    }

    private mutating func reserve(
        _ kind: DocumentKind,
        _ id: String,
        _ wish: Wish,
        _ work: Work<Route>,
        in premises: inout Premises
    ) -> EmulatedAnswer {
        let resource = premises.resources[work.resource]
        let expiresAt = work.now.after(seconds: resource.quirks.documentTokenSeconds)
        let number = premises.ledger.issued(
            AuthorizationRecord(
                resource: resource.name,
                modelID: id,
                clientRequestID: work.request.clientRequestID,
                issuedAt: work.now,
                expiresAt: expiresAt
            )
        )
        shelves[work.resource][kind, id] = DocumentAsset(
            kind: kind,
            id: id,
            state: .reserved(authorization: number),
            description: wish.description,
            tags: wish.tags ?? [:],
            clientRequestID: work.request.clientRequestID,
            madeAt: work.now
        )
        let token = premises.random.guid()
        premises.ledger.gaveOut(token: token)
        let location = Self.location("\(kind.collection)/\(id)", work)
        grants[token] = DocumentGrant(
            resource: work.resource,
            kind: kind,
            id: id,
            location: location,
            expiresAt: expiresAt,
            number: number
        )
        return Self.shown(
            .members([
                ("targetResourceId", .string(resource.armId)),
                ("targetResourceRegion", .string(resource.region)),
                (kind.targetIDMember, .string(id)),
                (kind.targetLocationMember, .string(location)),
                ("accessToken", .string(token)),
                ("expirationDateTime", .string(expiresAt.wholeSeconds)),
            ])
        )
    }
}
