/// The bodies of Form Recognizer v2 answers, as far as they matter (azure-copy-apis.md 1).
enum FormRecognizerBodies {
    struct Authorization: Decodable {
        let modelId: String
        let accessToken: String
        let expirationDateTimeTicks: Int64
    }

    struct CopyOperation: Decodable {
        let status: String
        let copyResult: CopyResult?

        /// Empty on some successes; the target's id is known from the authorization.
        struct CopyResult: Decodable {
            let errors: [Problem]?
        }
    }

    struct Problem: Decodable {
        let code: String?
        let message: String?
    }

    struct Model: Decodable {
        let modelInfo: ModelInfo
        let trainResult: TrainResult?

        struct TrainResult: Decodable {
            let errors: [Problem]?
        }
    }

    struct ModelInfo: Decodable {
        let modelId: String
        let status: String
        let modelName: String?
        let createdDateTime: String?
    }

    struct ModelPage: Decodable {
        let modelList: [ModelInfo]
        let nextLink: String?
    }

    struct Summary: Decodable {
        struct Counts: Decodable {
            let count: Int
            let limit: Int
        }

        let summary: Counts
    }
}
