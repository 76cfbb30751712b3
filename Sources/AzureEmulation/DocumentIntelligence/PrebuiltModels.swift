/// Microsoft's own models, which every list shows (azure-copy-apis.md 2.4).
enum PrebuiltModels {
    static let prefix = "prebuilt-"

    static let all: [DocumentAsset] = ["prebuilt-layout", "prebuilt-read"].map { id in
        DocumentAsset(
            kind: .model,
            id: id,
            state: .ready,
            content: .init(
                docTypes: [id],
                createdAt: "2022-08-31T00:00:00Z",
                modifiedAt: "2022-08-31T00:00:00Z",
                apiVersion: "2022-08-31",
                isEncrypted: false
            ),
            description: "A model that is there from the start.",
            madeAt: Moment(unixSeconds: 1_661_904_000)
        )
    }

    static func model(_ id: String) -> DocumentAsset? {
        all.first { $0.id == id }
    }
}
