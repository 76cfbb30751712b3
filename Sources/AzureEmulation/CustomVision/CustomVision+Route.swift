extension CustomVision {
    static let export = Call(name: "export", budget: .management)
    static let importProject = Call(name: "import", budget: .management)
    static let getProject = Call(name: "getProject", budget: .status)
    static let listProjects = Call(name: "listProjects", budget: .list)
    static let updateProject = Call(name: "updateProject", budget: .management)
    static let deleteProject = Call(name: "deleteProject", budget: .management)
    static let getContents = Call(name: "getContents", budget: .status)

    static let calls = [export, importProject, getProject, listProjects, updateProject, deleteProject, getContents]
    static let keyHeader = "training-key"

    struct Route: FamilyRoute {
        enum Target: Sendable, Equatable {
            case listProjects
            case getProject(String)
            case updateProject(String)
            case deleteProject(String)
            case export(String)
            case importProject
            case contents(String, Contents)
        }

        /// What lies in a project.
        enum Contents: Sendable, Equatable {
            case tags, iterations, count, taggedCount, untaggedCount
        }

        /// `v3.3` or `v3.4-preview`
        let version: String
        let target: Target

        var call: Call {
            switch target {
            case .listProjects: CustomVision.listProjects
            case .getProject: CustomVision.getProject
            case .updateProject: CustomVision.updateProject
            case .deleteProject: CustomVision.deleteProject
            case .export: CustomVision.export
            case .importProject: CustomVision.importProject
            case .contents: CustomVision.getContents
            }
        }

        /// The operation's name in the specification.
        var operation: String {
            switch target {
            case .listProjects: "GetProjects"
            case .getProject: "GetProject"
            case .updateProject: "UpdateProject"
            case .deleteProject: "DeleteProject"
            case .export: "ExportProject"
            case .importProject: "ImportProject"
            case .contents(_, .tags): "GetTags"
            case .contents(_, .iterations): "GetIterations"
            case .contents(_, .count): "GetImageCount"
            case .contents(_, .taggedCount): "GetTaggedImageCount"
            case .contents(_, .untaggedCount): "GetUntaggedImageCount"
            }
        }

        var needsLength: Bool {
            switch target {
            case .importProject: true
            case .listProjects, .getProject, .updateProject, .deleteProject, .export, .contents: false
            }
        }
    }

    /// Reads `/customvision/{version}/training/projects…` in any letter case.
    static func route(_ request: EmulatedRequest) -> Route? {
        let path = request.lowercased
        guard path.count >= 4, path[0] == "customvision", ["v3.3", "v3.4-preview"].contains(path[1]),
            path[2] == "training", path[3] == "projects"
        else { return nil }
        return target(request.method, Array(path.dropFirst(4))).map { Route(version: path[1], target: $0) }
    }

    private static func target(_ method: String, _ rest: [String]) -> Route.Target? {
        switch (method, rest.count) {
        case ("GET", 0): .listProjects
        case ("POST", 1) where rest[0] == "import": .importProject
        case ("GET", 1): .getProject(rest[0])
        case ("PATCH", 1): .updateProject(rest[0])
        case ("DELETE", 1): .deleteProject(rest[0])
        case ("GET", 2) where rest[1] == "export": .export(rest[0])
        case ("GET", 2...): contents(rest.dropFirst().joined(separator: "/")).map { .contents(rest[0], $0) }
        case _: nil
        }
    }

    private static func contents(_ path: String) -> Route.Contents? {
        switch path {
        case "tags": .tags
        case "iterations": .iterations
        case "images/count": .count
        case "images/tagged/count": .taggedCount
        case "images/untagged/count": .untaggedCount
        case _: nil
        }
    }
}
