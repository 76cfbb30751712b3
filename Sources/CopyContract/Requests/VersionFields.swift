import CopyDomain

/// Which optional fields a kind has in a version (azure-copy-apis.md 0).
struct VersionFields: Sendable {
    let kind: CopyKind
    /// `nil`: the request names none, so that only what holds for all versions of the kind is known.
    let version: APIVersion?

    /// Refuses what the kind or version has no place for.
    func check(_ request: SubmittedRequest) throws(RequestFault) {
        if case .name = request.source.item, !hasNames { throw fault("source.name") }
        let target = request.target
        if target.name != nil, !hasNames { throw fault("target.name") }
        if request.allowsDegrading, !hasProtection { throw fault("allowDegrade") }
        switch hasChosenIDs {
        case false?:
            if target.id != nil { throw fault("target.id") }
            if target.description != nil { throw fault("target.description") }
            if !target.tags.isEmpty { throw fault("target.tags") }
            if request.onConflict != nil { throw fault("onConflict") }
        case true?: try checkID(of: request)
        case nil: break
        }
    }

    private func checkID(of request: SubmittedRequest) throws(RequestFault) {
        let rule = "2 to 64 of A-Z a-z 0-9 . _ ~ -, a letter or digit first, and not prebuilt-*"
        if let id = request.target.id {
            guard id.isChoosable else {
                throw RequestFault(.invalidField, "target.id: an id that is chosen is \(rule)", field: "target.id")
            }
        } else if case .id(let id) = request.source.item, !id.isChoosable {
            throw RequestFault(
                .missingField,
                "target.id: is missing, and the source's id cannot stand in for it: an id that is chosen is \(rule)",
                field: "target.id"
            )
        }
    }

    /// Sources and copies have names besides ids.
    private var hasNames: Bool {
        switch kind {
        case .documentModel, .documentClassifier: false
        case .visionProject: true
        }
    }

    /// How source and target protect their data can be compared.
    private var hasProtection: Bool {
        switch kind {
        case .documentModel, .documentClassifier: true
        case .visionProject: false
        }
    }

    /// The caller chooses the copy's id, and with it its description and tags, and what to do if the id is taken.
    private var hasChosenIDs: Bool? {
        switch (version?.family, kind) {
        case (.documentIntelligence?, _), (nil, .documentClassifier): true
        case (.formRecognizer?, _), (.customVision?, _), (nil, .visionProject): false
        case (nil, .documentModel): nil
        }
    }

    private func fault(_ field: String) -> RequestFault {
        let what = version.map { "\(kind.rawValue) \($0.rawValue)" } ?? kind.rawValue
        return RequestFault(.fieldNotInVersion, "\(field): \(what) has no such field", field: field)
    }
}
