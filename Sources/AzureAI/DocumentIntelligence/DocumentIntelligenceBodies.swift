/// The bodies of Form Recognizer v3 and Document Intelligence v4 answers, as far as they matter (azure-copy-apis.md 2).
enum DocumentIntelligenceBodies {
    struct Authorization: Decodable {
        let targetResourceId: String
        let targetResourceRegion: String
        let targetModelId: String?
        let targetModelLocation: String?
        let targetClassifierId: String?
        let targetClassifierLocation: String?
        let accessToken: String
        let expirationDateTime: String
    }

    struct Item: Decodable {
        let modelId: String?
        let classifierId: String?
        let docTypes: [String: Anything]?
        let expirationDateTime: String?
    }

    struct Info: Decodable {
        struct Models: Decodable {
            let count: Int
            let limit: Int
        }

        let customDocumentModels: Models
    }

    struct Operation: Decodable {
        let operationId: String?
        let kind: String?
        let status: String
        let createdDateTime: String?
        let resourceLocation: String?
    }

    struct OperationPage: Decodable {
        let value: [Operation]
        let nextLink: String?
    }

    /// A value that is only counted.
    struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }
}
