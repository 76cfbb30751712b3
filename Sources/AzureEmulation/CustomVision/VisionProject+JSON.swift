extension VisionProject {
    /// The project as the service shows it; the thumbnail's signature is new each time (azure-copy-apis.md 11).
    func json(region: String, now: Moment, random: inout SplitMix64) -> JSON {
        [
            "id": .string(id),
            "name": .string(name),
            "description": .string(description),
            "settings": settings,
            "created": .string(created.threeDigits),
            "lastModified": .string(lastModified.threeDigits),
            "thumbnailUri": thumbnail(region: region, now: now, random: &random),
            "drModeEnabled": false,
            "status": .string(status.rawValue),
        ]
    }

    private func thumbnail(region: String, now: Moment, random: inout SplitMix64) -> JSON {
        guard status != .importing, contents.images > 0 else { return .null }
        let container = "i-" + id.replacing("-", with: "")
        return .string(
            SharedAccess.url(
                region: region,
                path: "\(container)/t-\(thumbnailID)",
                expiresAt: now.after(seconds: 86_400),
                random: &random
            )
        )
    }

    var tagsJSON: JSON {
        .array(
            contents.tags.map { tag in
                [
                    "id": .string(tag.id), "name": .string(tag.name), "description": .null, "type": "Regular",
                    "imageCount": .count(tag.imageCount),
                ]
            }
        )
    }

    var iterationsJSON: JSON {
        .array(
            contents.iterations.map { iteration in
                [
                    "id": .string(iteration.id), "name": .string(iteration.name), "status": "Completed",
                    "created": .string(iteration.created.threeDigits),
                    "lastModified": .string(iteration.lastModified.threeDigits),
                    "trainedAt": .string(iteration.trainedAt.threeDigits),
                    "projectId": .string(id), "exportable": false, "exportableTo": .null,
                    "domainId": .string(Self.domain), "classificationType": "Multilabel",
                    "trainingType": "Regular", "reservedBudgetInHours": 0, "trainingTimeInMinutes": 1,
                    "publishName": .text(iteration.publishName), "originalPublishResourceId": .null,
                    "customBaseModelInfo": .null, "trainingErrorDetails": .null,
                ]
            }
        )
    }
}
