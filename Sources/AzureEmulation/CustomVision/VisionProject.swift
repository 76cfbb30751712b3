/// A Custom Vision project of one resource.
struct VisionProject: Sendable {
    enum Status: String, Sendable {
        case succeeded = "Succeeded"
        case importing = "Importing"
        case failed = "Failed"
    }

    let id: String
    var name: String
    var description: String
    var status: Status
    let created: Moment
    var lastModified: Moment
    /// Rendered once; an import keeps them.
    var settings: JSON
    var contents = Contents()
    /// Stands in the path of the thumbnail.
    let thumbnailID: String
    var isInTraining = false
    /// The import that makes or made this project.
    var importing: CopyNumber?
    var clientRequestID: String?

    /// What an import carries over; ids are new in the target (azure-copy-apis.md 7.4).
    struct Contents: Sendable {
        var tags: [Tag] = []
        var iterations: [Iteration] = []
        var taggedImages = 0
        var untaggedImages = 0

        var images: Int { taggedImages + untaggedImages }
    }

    struct Tag: Sendable {
        var id: String
        var name: String
        var imageCount: Int
    }

    struct Iteration: Sendable {
        var id: String
        var name: String
        var created: Moment
        var lastModified: Moment
        var trainedAt: Moment
        var publishName: String?
    }

    static let domain = "ee85a74c-405e-4adc-bb47-ffa8ca0c9f31"

    static let usualSettings = JSON.rendered(
        ([
            "domainId": .string(domain),
            "classificationType": "Multilabel",
            "targetExportPlatforms": [],
            "useNegativeSet": true,
            "detectionParameters": .null,
            "imageProcessingSettings": [
                "augmentationMethods": [
                    "rotation": true, "scaling": true, "translation": true, "horizontal flip": true,
                    "equalize": true, "solarize": true, "padtosquare": true,
                ]
            ],
        ] as JSON).text
    )
}
