import FoundationEssentials

/// An authorization to copy into one reserved id, as it was given out.
struct DocumentGrant: Sendable {
    let resource: Int
    let kind: DocumentKind
    let id: String
    /// `targetModelLocation` or `targetClassifierLocation`.
    let location: String
    let expiresAt: Moment
    let number: Int
    var isUsed = false

    /// Whether the caller sent back what was issued; a date may be spelled anew (azure-copy-apis.md 2.2).
    func matches(_ order: DocumentCopyOrder, at resource: EmulatedResource) -> Bool {
        order.kind == kind && order.targetID == id && order.targetLocation == location
            && order.targetResourceId.lowercased() == resource.armId.lowercased()
            && order.targetResourceRegion.lowercased() == resource.region.lowercased()
            && Self.second(order.expirationDateTime) == Self.second(expiresAt.wholeSeconds)
    }

    /// A date without its fraction of zeros; nil for what is no date in UTC.
    private static func second(_ text: String) -> Substring? {
        let date = text.prefix(19)
        let rest = text.dropFirst(19)
        let zone = rest.hasPrefix(".") ? rest.dropFirst().drop { $0 == "0" } : rest
        return date.utf8.count == 19 && ["Z", "z", "+00:00"].contains(zone) ? date : nil
    }
}

/// The body of a copyTo call: the answer of authorizeCopy, all six members.
struct DocumentCopyOrder: Sendable {
    let kind: DocumentKind
    let targetResourceId: String
    let targetResourceRegion: String
    let targetID: String
    let targetLocation: String
    let accessToken: String
    let expirationDateTime: String

    /// Reads a body.
    ///
    /// - Throws: the refusal that names the member that is missing.
    init(_ body: [UInt8], of kind: DocumentKind) throws(DocumentRefusal) {
        guard let members = try? JSONDecoder().decode([String: String?].self, from: Data(body)) else {
            throw .invalidParameter("The request body is not a valid copy authorization.")
        }
        func text(_ name: String) throws(DocumentRefusal) -> String {
            guard let value = members[name] ?? nil, !value.isEmpty else { throw .parameterMissing(name) }
            return value
        }
        self.kind = kind
        targetResourceId = try text("targetResourceId")
        targetResourceRegion = try text("targetResourceRegion")
        targetID = try text(kind.targetIDMember)
        targetLocation = try text(kind.targetLocationMember)
        accessToken = try text("accessToken")
        expirationDateTime = try text("expirationDateTime")
    }
}
