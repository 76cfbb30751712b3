import FoundationEssentials

extension CustomVision {
    /// Newest first and all at once (azure-copy-apis.md 7.1).
    func list(_ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        let region = premises.resources[work.resource].region
        let sorted = projects[work.resource].values.sorted { ($1.created, $1.id) < ($0.created, $0.id) }
        let list = sorted.map { $0.json(region: region, now: work.now, random: &premises.random) }
        return .json(.ok, .array(list), dressing: .customVision)
    }

    mutating func get(_ id: String, _ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        guard let project = projects[work.resource][id] else { return Self.projectNotFound(id) }
        if project.status != .importing, let number = project.importing {
            imports[number]?.isEndSeen = true
            premises.ledger.sawEnd(of: number)
        }
        return Self.shown(project, work, in: &premises)
    }

    /// Name and description are what the SDK sends (azure-copy-apis.md 7.1).
    private struct Change: Decodable {
        let name: String?
        let description: String?
    }

    mutating func update(_ id: String, _ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        guard var project = projects[work.resource][id] else { return Self.projectNotFound(id) }
        guard let change = try? JSONDecoder().decode(Change.self, from: Data(work.request.body)) else {
            return Self.error(.badRequest, .requiredParameterIsNull, "The project is missing or malformed.")
        }
        if let name = change.name {
            guard !name.isEmpty else { return Self.error(.badRequest, .projectName, "The project name is empty.") }
            if let refusal = refusesDuplicate(name, apartFrom: id, work, in: premises) { return refusal }
            project.name = name
        }
        project.description = change.description ?? project.description
        project.lastModified = work.now
        projects[work.resource][id] = project
        return Self.shown(project, work, in: &premises)
    }

    mutating func delete(_ id: String, _ work: Work<Route>) -> EmulatedAnswer {
        guard projects[work.resource].removeValue(forKey: id) != nil else { return Self.projectNotFound(id) }
        return EmulatedAnswer(status: .noContent, dressing: .customVision)
    }

    /// Tags, iterations or a bare number.
    func show(_ contents: Route.Contents, of id: String, _ work: Work<Route>) -> EmulatedAnswer {
        guard let project = projects[work.resource][id] else { return Self.projectNotFound(id) }
        let body =
            switch contents {
            case .tags: project.tagsJSON
            case .iterations: project.iterationsJSON
            case .count: JSON.count(project.contents.images)
            case .taggedCount: JSON.count(project.contents.taggedImages)
            case .untaggedCount: JSON.count(project.contents.untaggedImages)
            }
        return .json(.ok, body, dressing: .customVision)
    }

    /// The refusal of a name that is taken, where the resource refuses such names.
    func refusesDuplicate(
        _ name: String,
        apartFrom id: String?,
        _ work: Work<Route>,
        in premises: Premises
    ) -> EmulatedAnswer? {
        guard premises.resources[work.resource].quirks.refuseDuplicateNames,
            projects[work.resource].values.contains(where: { $0.name == name && $0.id != id })
        else { return nil }
        return Self.error(.badRequest, .projectNameNotUnique, "A project named '\(name)' exists already.")
    }
}
