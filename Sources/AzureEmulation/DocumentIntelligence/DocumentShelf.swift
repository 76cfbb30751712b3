/// The models and classifiers of one resource, by id.
struct DocumentShelf: Sendable {
    private var models: [String: DocumentAsset] = [:]
    private var classifiers: [String: DocumentAsset] = [:]

    subscript(_ kind: DocumentKind) -> [String: DocumentAsset] {
        get {
            switch kind {
            case .model: models
            case .classifier: classifiers
            }
        }
        set {
            switch kind {
            case .model: models = newValue
            case .classifier: classifiers = newValue
            }
        }
    }

    subscript(_ kind: DocumentKind, _ id: String) -> DocumentAsset? {
        get { self[kind][id] }
        set { self[kind][id] = newValue }
    }

    /// In the order of their ids.
    func sorted(_ kind: DocumentKind) -> [DocumentAsset] {
        self[kind].values.sorted { $0.id < $1.id }
    }
}
