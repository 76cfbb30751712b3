/// The bodies of Custom Vision answers, as far as they matter (azure-copy-apis.md 7.2).
enum CustomVisionBodies {
    struct Project: Decodable {
        let id: String
        let name: String
        let description: String?
        let status: String?
        let created: String?
    }

    struct Tag: Decodable {
        let id: String
    }

    struct Iteration: Decodable {
        let status: String?
        let publishName: String?
    }

    struct Export: Decodable {
        let token: String
        let estimatedImportTimeInMS: Double?
    }
}
