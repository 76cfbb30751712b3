/// A custom model or classifier of one resource, or an id that is reserved for one.
struct DocumentAsset: Sendable {
    enum State: Sendable, Equatable {
        /// The authorization of this number holds the id; nothing shows it (azure-copy-apis.md 2.1).
        case reserved(authorization: Int)
        case building
        case ready
    }

    let kind: DocumentKind
    let id: String
    var state: State
    /// Nil while the id is only reserved.
    var content: Content?
    /// What the caller of authorizeCopy gave it, or its seed.
    var description: String?
    var tags: [String: String] = [:]
    /// Who reserved it.
    var clientRequestID: String?
    var madeAt: Moment

    /// What a copy takes over (azure-copy-apis.md 2.4).
    struct Content: Sendable {
        var docTypes: [String]
        var createdAt: String
        var modifiedAt: String
        var expiresAt: String?
        var apiVersion: String
        var isEncrypted: Bool
    }

    var isReservation: Bool {
        switch state {
        case .reserved: true
        case .building, .ready: false
        }
    }
}

extension DocumentAsset.Content {
    /// What arrives at a target: the key of a model's document type, the dates and the expiration by version.
    func copied(from source: String, by grant: DocumentGrant, _ work: Work<DocumentIntelligence.Route>) -> Self {
        var copy = self
        guard work.route.version.renamesCopies else { return copy }
        if grant.kind == .model { copy.docTypes = docTypes.map { $0 == source ? grant.id : $0 } }
        copy.createdAt = work.now.wholeSeconds
        return copy
    }
}
