extension CustomVision {
    /// What a token opens: the project as it was, wherever it is imported.
    struct Export: Sendable {
        /// `resource/id` of the source.
        let source: String
        let project: VisionProject
        let expiresAt: Moment
    }

    /// A token that anybody can import with for a day, as often as he likes (azure-copy-apis.md 7.3).
    mutating func export(_ id: String, _ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        guard let project = projects[work.resource][id] else { return Self.projectNotFound(id) }
        guard !project.isInTraining else {
            return Self.error(.badRequest, .exportWhileTraining, "The project is in training.")
        }
        guard project.status == .succeeded else {
            return Self.error(.badRequest, .exportValidationFailed, "The project is \(project.status.rawValue).")
        }
        let resource = premises.resources[work.resource]
        let expiresAt = work.now.after(seconds: resource.quirks.tokenSeconds)
        let token = SharedAccess.url(
            region: resource.region,
            path: "prjexp-\(id.replacing("-", with: ""))/project-export-info",
            expiresAt: expiresAt,
            random: &premises.random
        )
        premises.ledger.gaveOut(token: token)
        exports[token] = Export(source: premises.name(id, at: work.resource), project: project, expiresAt: expiresAt)
        let contents = project.contents
        return .json(
            .ok,
            [
                "iterationCount": .count(contents.iterations.count),
                "imageCount": .count(contents.images),
                // The workspace counts as one more iteration, each with all tags.
                "tagCount": .count(contents.tags.count * (contents.iterations.count + 1)),
                "regionCount": 0,
                "estimatedImportTimeInMS": .integer(Int64(premises.copying.seconds * 600)),
                "token": .string(token),
            ],
            dressing: .customVision
        )
    }
}
