extension CustomVision {
    /// An import under way or over.
    struct Import: Sendable {
        enum Fate: Sendable {
            case succeeds, fails
        }

        let resource: Int
        let projectID: String
        let contents: VisionProject.Contents
        let fate: Fate
        var isEndSeen = false
    }

    /// Each call makes another project (azure-copy-apis.md 7.4).
    mutating func importProject(_ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        guard let token = work.request.query["token"], !token.isEmpty else {
            return Self.error(.badRequest, .requiredParameterIsNull, "The parameter token is required.")
        }
        guard let export = exports[token], work.now < export.expiresAt else {
            return Self.error(.badRequest, .invalidImportToken, "Invalid Token")
        }
        let resource = premises.resources[work.resource]
        guard projects[work.resource].count < resource.projectLimit else {
            return Self.error(
                .badRequest,
                .exceedsProjectLimit,
                "The resource holds \(resource.projectLimit) projects already."
            )
        }
        let wish = work.request.query["name"].flatMap { $0.isEmpty ? nil : $0 }
        if let wish, let refusal = refusesDuplicate(wish, apartFrom: nil, work, in: premises) { return refusal }
        let name = wish ?? freeName(after: export.project.name, at: work.resource)
        let project = begin(export, name: name, work, in: &premises)
        return Self.shown(project, work, in: &premises)
    }

    /// `<name> (1)`, or the first number that is free (recording `cv-v3.4-preview_get-projects_stuck-imports_net`).
    private func freeName(after name: String, at resource: Int) -> String {
        let taken = Set(projects[resource].values.map(\.name))
        var number = 1
        while taken.contains("\(name) (\(number))") { number += 1 }
        return "\(name) (\(number))"
    }

    private mutating func begin(
        _ export: Export,
        name: String,
        _ work: Work<Route>,
        in premises: inout Premises
    ) -> VisionProject {
        var project = VisionProject(
            id: premises.random.guid(),
            name: name,
            description: export.project.description,
            status: .importing,
            created: work.now,
            lastModified: work.now,
            settings: export.project.settings,
            thumbnailID: premises.random.guid().replacing("-", with: "")
        )
        let number = premises.ledger.began(
            CopyRecord(
                kind: .visionProject,
                source: export.source,
                target: premises.name(project.id, at: work.resource),
                clientRequestID: work.request.clientRequestID,
                startedAt: work.now
            )
        )
        project.importing = number
        project.clientRequestID = work.request.clientRequestID
        projects[work.resource][project.id] = project
        imports[number] = Import(
            resource: work.resource,
            projectID: project.id,
            contents: export.project.contents.imported(at: work.now, random: &premises.random),
            fate: work.steering.importFails ? .fails : .succeeds
        )
        if work.steering.importStuck {
            premises.ledger.stuck(number)
        } else {
            agenda.add(number, due: work.now.after(seconds: work.steering.importSeconds ?? premises.copySeconds()))
        }
        return project
    }

    mutating func settle(until now: Moment, in premises: inout Premises) {
        while let (due, number) = agenda.next(until: now) {
            guard let job = imports[number] else { continue }
            // A project that was deleted meanwhile stays deleted.
            guard var project = projects[job.resource][job.projectID] else {
                premises.ledger.failed(number, at: due)
                continue
            }
            project.lastModified = due
            switch job.fate {
            case .succeeds:
                project.status = .succeeded
                project.contents = job.contents
                premises.ledger.filled(number, at: due)
            case .fails:
                project.status = .failed
                project.contents = job.contents.partial
                premises.ledger.failed(number, at: due)
            }
            projects[job.resource][job.projectID] = project
        }
    }
}

extension VisionProject.Contents {
    /// The same with new ids, unpublished, trained a millisecond later (azure-copy-apis.md 7.4).
    fileprivate func imported(at moment: Moment, random: inout SplitMix64) -> Self {
        var copy = self
        for index in copy.tags.indices { copy.tags[index].id = random.guid() }
        for index in copy.iterations.indices {
            copy.iterations[index].id = random.guid()
            copy.iterations[index].created = moment.after(seconds: 0.017)
            copy.iterations[index].lastModified = moment.after(seconds: 3.197)
            copy.iterations[index].trainedAt = copy.iterations[index].trainedAt.after(seconds: 0.001)
            copy.iterations[index].publishName = nil
        }
        return copy
    }

    /// What a failed import leaves behind.
    fileprivate var partial: Self {
        var partial = self
        partial.iterations = []
        partial.taggedImages /= 2
        partial.untaggedImages /= 2
        for index in partial.tags.indices { partial.tags[index].imageCount /= 2 }
        return partial
    }
}
