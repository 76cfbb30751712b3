@testable import CopyDomain

/// A target resource with projects.
struct SimulatedCustomVision: SimulatedAzure {
    typealias Machine = CustomVisionMachine

    struct Import {
        let id: String
        var name: String
        let arrivesAt: Timestamp
        /// `nil`: it stays `Importing`.
        let endsAt: Timestamp?
        let succeeds: Bool
        /// It lacks a part of the source although Azure calls it a success.
        let isPartial: Bool
        /// What the source had when it was exported.
        let untagged: Int
        var isDeleted = false
    }

    let skew: Duration
    private(set) var violations: [String] = []
    private var imports: [Import] = []
    /// When the projects were last listed.
    private var listed: Timestamp?
    private var delayed: [String] = []
    private var untagged = 2
    private var now = noon

    init(skew: Duration) {
        self.skew = skew
    }

    static func hasSideEffect(_ call: CustomVisionCall) -> Bool { call.hasSideEffect }

    func tells(_ call: CustomVisionCall, fateOf lost: CustomVisionCall) -> Bool {
        switch (call, lost) {
        case (.getTargetProject(let seen), .deleteTargetProject(let id)),
            (.getTargetProject(let seen), .renameTargetProject(let id, _, _)):
            seen == id
        case (_, _): false
        }
    }

    func mayRepeat(_ call: CustomVisionCall) -> Bool { false }

    mutating func advance(to now: Timestamp) {
        self.now = now
    }

    private var present: [Import] { imports.filter { !$0.isDeleted && $0.arrivesAt <= now } }

    /// Whatever is there takes a place in the target, and counts as a second target.
    var finished: [String] { present.map(\.id) }

    private func seen(_ item: Import) -> CustomVisionProject {
        let isOver = item.endsAt.map { $0 <= now } ?? false
        return project(
            item.id,
            isOver ? (item.succeeds ? .succeeded : .failed) : .importing,
            name: item.name,
            created: item.arrivesAt + skew
        )
    }

    private mutating func add(_ name: String, at moment: Timestamp, using generator: inout SeededGenerator) -> String {
        let id = "project-\(imports.count + 1)"
        let endsAt: Timestamp? = generator.happens(10) ? nil : moment + generator.seconds(5...60)
        imports.append(
            Import(
                id: id,
                name: name,
                arrivesAt: moment,
                endsAt: endsAt,
                succeeds: generator.happens(80),
                isPartial: generator.happens(10),
                untagged: untagged
            )
        )
        return id
    }

    mutating func serve(
        _ call: CustomVisionCall,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) -> Result<CustomVisionAnswer, CallFailure> {
        advance(to: now)
        switch call {
        case .getSourceProject(let id):
            return .success(.project(project(id)))
        case .listSourceProjects:
            return .success(.projects([project("source-1")]))
        case .measureProject(_, .source):
            // Somebody works on the source now and then.
            if generator.happens(3) { untagged += 1 }
            return .success(.measured(counts(untagged: untagged)))
        case .measureProject(let id, .target):
            guard let item = present.first(where: { $0.id == id }) else {
                return .failure(failure(.refused, .requestRefused, status: 404))
            }
            return .success(.measured(counts(tags: item.isPartial ? 1 : 3, untagged: item.untagged)))
        case .exportProject:
            return .success(.exported(freshExport(expires: now + .seconds(24 * 3600))))
        case .importProject(_, let name):
            if imports.contains(where: { $0.name == name }) { violations.append("a name was imported twice: \(name)") }
            let id = add(name, at: now, using: &generator)
            return .success(.imported(project(id, .importing, name: name)))
        case .getTargetProject(let id):
            return .success(.project(present.first { $0.id == id }.map(seen)))
        case .listTargetProjects:
            listed = now
            return .success(.projects(present.reversed().map(seen) + [project("stranger", name: "stranger")]))
        case .renameTargetProject(let id, let name, _):
            guard let index = imports.firstIndex(where: { $0.id == id && !$0.isDeleted }) else {
                return .failure(failure(.refused, .requestRefused, status: 404))
            }
            imports[index].name = name
            return .success(.renamed(seen(imports[index])))
        case .deleteTargetProject(let id):
            for index in imports.indices where imports[index].id == id { imports[index].isDeleted = true }
            return .success(.deleted)
        }
    }

    /// An import may arrive late, as long as its token lives, and then even twice.
    mutating func delay(_ call: CustomVisionCall, at now: Timestamp, using generator: inout SeededGenerator) {
        guard case .importProject(_, let name) = call else { return }
        delayed.append(name)
        guard generator.happens(60) else { return }
        let late = generator.happens(50) ? generator.seconds(0...50) : generator.seconds(50...3600)
        _ = add(name, at: now + late, using: &generator)
        if generator.happens(20) { _ = add(name, at: now + late + .seconds(1), using: &generator) }
    }

    func isIncomplete(_ targetID: String) -> Bool {
        imports.contains { $0.id == targetID && $0.isPartial }
    }

    func notLookedAt(beforeSuccessOf targetID: String) -> [String] {
        guard let ready = imports.first(where: { $0.id == targetID })?.endsAt else { return [] }
        let others = present.filter { $0.id != targetID }.map(\.name) + delayed
        return listed.map { $0 < ready } ?? true ? others : []
    }

    mutating func pay(_ obligation: Obligation) {
        for index in imports.indices where Self.concerns(obligation, imports[index]) {
            imports[index].isDeleted = true
        }
    }

    func unexplained(by obligations: [Obligation], targetID: String?) -> [String] {
        present.filter { item in
            item.id != targetID && !obligations.contains { Self.concerns($0, item) }
        }.map(\.id)
    }

    private static func concerns(_ obligation: Obligation, _ item: Import) -> Bool {
        switch obligation.subject {
        case .project(let id): id == item.id
        case .projectName(let name): name == item.name
        case .model, .emptyModel, .reservation: false
        }
    }
}
