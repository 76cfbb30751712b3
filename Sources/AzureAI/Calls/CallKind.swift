import CopyDomain

/// The kinds of call there are: what budgets, classification and logs go by.
enum CallKind: String, CaseIterable, Sendable {
    case authorizeCopy, startCopy, copyResult, targetModel, targetModels, deleteModel, modelSummary
    case sourceProject, sourceProjects, exportProject, importProject, targetProject, targetProjects, renameProject
    case deleteProject
    case sourceModel, projectCounts

    init(_ call: CopyCall) {
        switch call {
        case .formRecognizer(let call): self.init(call)
        case .customVision(let call): self.init(call)
        }
    }

    init(_ call: FormRecognizerCall) {
        switch call {
        case .getSourceModel: self = .sourceModel
        case .getTargetSummary: self = .modelSummary
        case .authorizeCopy: self = .authorizeCopy
        case .startCopy: self = .startCopy
        case .getCopyResult: self = .copyResult
        case .getTargetModel: self = .targetModel
        case .listTargetModels: self = .targetModels
        case .deleteTargetModel: self = .deleteModel
        }
    }

    init(_ call: CustomVisionCall) {
        switch call {
        case .getSourceProject: self = .sourceProject
        case .listSourceProjects: self = .sourceProjects
        case .measureProject: self = .projectCounts
        case .exportProject: self = .exportProject
        case .importProject: self = .importProject
        case .getTargetProject: self = .targetProject
        case .listTargetProjects: self = .targetProjects
        case .renameTargetProject: self = .renameProject
        case .deleteTargetProject: self = .deleteProject
        }
    }

    var family: CopyKind {
        switch self {
        case .sourceModel,
            .authorizeCopy, .startCopy, .copyResult, .targetModel, .targetModels, .deleteModel, .modelSummary:
            .documentModel
        case .projectCounts,
            .sourceProject, .sourceProjects, .exportProject, .importProject, .targetProject, .targetProjects,
            .renameProject, .deleteProject:
            .visionProject
        }
    }

    /// Whether a lost answer leaves open what Azure did.
    var hasSideEffect: Bool {
        switch self {
        case .authorizeCopy, .startCopy, .deleteModel, .importProject, .renameProject, .deleteProject: true
        case .sourceModel, .projectCounts,
            .copyResult, .targetModel, .targetModels, .modelSummary, .sourceProject, .sourceProjects, .exportProject,
            .targetProject, .targetProjects:
            false
        }
    }

    /// The part of a resource's budget that the call draws on.
    var budgetClass: BudgetClass {
        switch self {
        case .sourceModel,
            .copyResult, .targetModel, .sourceProject, .targetProject:
            .status
        case .authorizeCopy, .startCopy, .deleteModel, .exportProject, .importProject, .renameProject, .deleteProject:
            .management
        case .projectCounts,
            .targetModels, .modelSummary, .sourceProjects, .targetProjects:
            .list
        }
    }

    /// Method and path template, for logs and messages.
    var label: String {
        switch self {
        case .authorizeCopy: "POST /custom/models/copyAuthorization"
        case .startCopy: "POST /custom/models/{id}/copy"
        case .copyResult: "GET /custom/models/{id}/copyResults/{id}"
        case .sourceModel: "GET /custom/models/{id}"
        case .targetModel: "GET /custom/models/{id}"
        case .targetModels: "GET /custom/models?op=full"
        case .modelSummary: "GET /custom/models?op=summary"
        case .deleteModel: "DELETE /custom/models/{id}"
        case .sourceProject, .targetProject: "GET /projects/{id}"
        case .sourceProjects, .targetProjects: "GET /projects"
        case .projectCounts: "GET /projects/{id}/tags, iterations and image counts"
        case .exportProject: "GET /projects/{id}/export"
        case .importProject: "POST /projects/import"
        case .renameProject: "PATCH /projects/{id}"
        case .deleteProject: "DELETE /projects/{id}"
        }
    }
}
