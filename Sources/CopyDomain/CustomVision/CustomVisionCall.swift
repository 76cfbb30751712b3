/// The calls of the Custom Vision project copy (azure-copy-apis.md 7).
package enum CustomVisionCall: Hashable, Sendable {
    case getSourceProject(id: String)
    case listSourceProjects
    /// GET: changes nothing that others see, but one export blob exists per project.
    case exportProject(id: String)
    /// POST import on the target under a name that only this request and attempt use.
    case importProject(token: Secret, name: String)
    /// GET tags, iterations and both image counts of a project of either side.
    case measureProject(id: String, side: CallSide)
    case getTargetProject(id: String)
    case listTargetProjects
    /// PATCH name and description.
    case renameTargetProject(id: String, name: String, description: String)
    case deleteTargetProject(id: String)

    package var side: CallSide {
        switch self {
        case .getSourceProject, .listSourceProjects, .exportProject: .source
        case .importProject, .getTargetProject, .listTargetProjects, .renameTargetProject, .deleteTargetProject:
            .target
        case .measureProject(_, let side): side
        }
    }

    package var hasSideEffect: Bool {
        switch self {
        case .importProject, .renameTargetProject, .deleteTargetProject: true
        case .getSourceProject, .listSourceProjects, .measureProject, .exportProject, .getTargetProject,
            .listTargetProjects:
            false
        }
    }
}

package enum CustomVisionAnswer: Hashable, Sendable {
    /// `nil`: 404, there is no such project.
    case project(CustomVisionProject?)
    case projects([CustomVisionProject])
    case measured(ProjectMeasure)
    case exported(CustomVisionExport)
    case imported(CustomVisionProject)
    case renamed(CustomVisionProject)
    /// 204, or 404: the project is gone.
    case deleted
}

package struct CustomVisionProject: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case importing, succeeded, failed
        case unknown(String)

        package init(_ text: String) {
            switch text.lowercased() {
            case "importing": self = .importing
            case "succeeded": self = .succeeded
            case "failed": self = .failed
            default: self = .unknown(text)
            }
        }

        package var text: String {
            switch self {
            case .importing: "Importing"
            case .succeeded: "Succeeded"
            case .failed: "Failed"
            case .unknown(let text): text
            }
        }
    }

    package let id: String
    package let name: String
    package let description: String
    package let status: Status
    package let created: Timestamp?

    package init(id: String, name: String, description: String, status: Status, created: Timestamp?) {
        self.id = id
        self.name = name
        self.description = description
        self.status = status
        self.created = created
    }
}

package struct CustomVisionExport: Codable, Hashable, Sendable {
    /// A read SAS for the exported project: whoever has it can import it.
    package let token: Secret
    /// The `se` of the SAS.
    package let expires: Timestamp?
    package let estimatedImportTime: Duration

    package init(token: Secret, expires: Timestamp?, estimatedImportTime: Duration) {
        self.token = token
        self.expires = expires
        self.estimatedImportTime = estimatedImportTime
    }
}
