/// Custom Vision Training: export on the source, import on the target, poll the project (azure-copy-apis.md 7).
struct CustomVision: ServiceFamily {
    /// By resource, then by id in lower case.
    var projects: [[String: VisionProject]]
    /// What each import token opens.
    var exports: [String: Export] = [:]
    var imports: [CopyNumber: Import] = [:]
    var agenda = Agenda<CopyNumber>()

    init(seeds: [SeedList<ProjectSeed>], now: Moment, in premises: inout Premises) {
        projects = []
        for (resource, seeds) in seeds.enumerated() {
            let name = premises.resources[resource].name
            let list = seeds.listed(or: { ProjectSeed(name: "\(name) project \($0)") })
            var table: [String: VisionProject] = [:]
            for (age, seed) in list.enumerated() {
                let project = VisionProject(
                    seed,
                    created: now.after(seconds: -86_400 * Double(age + 1)),
                    random: &premises.random
                )
                table[project.id] = project
            }
            projects.append(table)
        }
    }

    mutating func answer(_ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        switch work.route.target {
        case .listProjects: list(work, in: &premises)
        case .getProject(let id): get(id, work, in: &premises)
        case .updateProject(let id): update(id, work, in: &premises)
        case .deleteProject(let id): delete(id, work)
        case .export(let id): export(id, work, in: &premises)
        case .importProject: importProject(work, in: &premises)
        case .contents(let id, let contents): show(contents, of: id, work)
        }
    }

    /// The import that a GET of a project watches; nil once its end was seen.
    func copyPolled(by route: Route, at resource: Int) -> CopyNumber? {
        guard case .getProject(let id) = route.target, let number = projects[resource][id]?.importing else {
            return nil
        }
        return imports[number]?.isEndSeen == true ? nil : number
    }

    /// All projects by resource, for the report.
    func projectReport(in premises: Premises) -> JSON {
        .object(
            projects.enumerated().map { resource, table in
                let sorted = table.values.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
                return .init(premises.resources[resource].name, .array(sorted.map(\.report)))
            }
        )
    }
}

extension VisionProject {
    fileprivate init(_ seed: ProjectSeed, created: Moment, random: inout SplitMix64) {
        let trainedAt = created.after(seconds: 290)
        self.init(
            id: (seed.id ?? random.guid()).lowercased(),
            name: seed.name,
            description: seed.description,
            status: .succeeded,
            created: created,
            lastModified: trainedAt.after(seconds: 0.439),
            settings: Self.usualSettings,
            thumbnailID: random.guid().replacing("-", with: "")
        )
        isInTraining = seed.training
        contents = Contents(
            tags: seed.tags.enumerated().map { index, name in
                // Images are dealt out to the tags in turn.
                let share = seed.images / seed.tags.count + (index < seed.images % seed.tags.count ? 1 : 0)
                return Tag(id: random.guid(), name: name, imageCount: share)
            },
            iterations: (1...max(1, seed.iterations)).prefix(seed.iterations).map { number in
                Iteration(
                    id: random.guid(),
                    name: "Iteration \(number)",
                    created: created.after(seconds: 1.2),
                    lastModified: trainedAt.after(seconds: 0.439),
                    trainedAt: trainedAt,
                    publishName: "published-\(number)"
                )
            },
            taggedImages: seed.tags.isEmpty ? 0 : seed.images,
            untaggedImages: seed.untaggedImages + (seed.tags.isEmpty ? seed.images : 0)
        )
    }

    fileprivate var report: JSON {
        [
            "id": .string(id), "name": .string(name), "status": .string(status.rawValue),
            "created": .string(created.threeDigits), "clientRequestID": .text(clientRequestID),
        ]
    }
}
