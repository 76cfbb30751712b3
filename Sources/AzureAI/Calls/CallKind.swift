import CopyDomain

/// The kinds of call there are: what budgets, classification and logs go by.
enum CallKind: String, CaseIterable, Sendable {
    case sourceModel, authorizeCopy, startCopy, copyResult, targetModel, targetModels, deleteModel, modelSummary
    case sourceItem, resourceInfo, targetItem, authorizeItem, copyItem, operation, operations, deleteItem
    case sourceProject, sourceProjects, exportProject, importProject, targetProject, targetProjects, renameProject
    case deleteProject, projectCounts

    init(_ call: CopyCall) {
        switch call {
        case .formRecognizer(let call): self.init(call)
        case .documentIntelligence(let call): self.init(call)
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

    init(_ call: DocumentIntelligenceCall) {
        switch call {
        case .getSource: self = .sourceItem
        case .getTargetInfo: self = .resourceInfo
        case .getTarget: self = .targetItem
        case .authorizeCopy: self = .authorizeItem
        case .startCopy: self = .copyItem
        case .getOperation: self = .operation
        case .listOperations: self = .operations
        case .deleteTarget: self = .deleteItem
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

    var family: CopyFamily {
        switch self {
        case .sourceModel, .authorizeCopy, .startCopy, .copyResult, .targetModel, .targetModels, .deleteModel,
            .modelSummary:
            .formRecognizer
        case .sourceItem, .resourceInfo, .targetItem, .authorizeItem, .copyItem, .operation, .operations, .deleteItem:
            .documentIntelligence
        case .projectCounts, .sourceProject, .sourceProjects, .exportProject, .importProject, .targetProject,
            .targetProjects,
            .renameProject, .deleteProject:
            .customVision
        }
    }

    /// Whether a lost answer leaves open what Azure did.
    var hasSideEffect: Bool {
        switch self {
        case .authorizeCopy, .startCopy, .deleteModel, .authorizeItem, .copyItem, .deleteItem, .importProject,
            .renameProject, .deleteProject:
            true
        case .sourceModel, .copyResult, .targetModel, .targetModels, .modelSummary, .sourceItem, .resourceInfo,
            .targetItem, .operation, .operations, .projectCounts, .sourceProject, .sourceProjects, .exportProject,
            .targetProject, .targetProjects:
            false
        }
    }

    /// The part of a resource's budget that the call draws on.
    var budgetClass: BudgetClass {
        switch self {
        case .sourceModel, .copyResult, .targetModel, .sourceItem, .resourceInfo, .targetItem, .operation,
            .sourceProject, .targetProject:
            .status
        case .authorizeCopy, .startCopy, .deleteModel, .authorizeItem, .copyItem, .deleteItem, .exportProject,
            .importProject, .renameProject, .deleteProject:
            .management
        case .projectCounts, .targetModels, .modelSummary, .operations, .sourceProjects, .targetProjects: .list
        }
    }

    /// Method and path template, for logs and messages.
    func label(of item: CopyKind) -> String {
        switch self {
        case .authorizeCopy: "POST /custom/models/copyAuthorization"
        case .startCopy: "POST /custom/models/{id}/copy"
        case .copyResult: "GET /custom/models/{id}/copyResults/{id}"
        case .sourceModel: "GET /custom/models/{id}"
        case .targetModel: "GET /custom/models/{id}"
        case .targetModels: "GET /custom/models?op=full"
        case .modelSummary: "GET /custom/models?op=summary"
        case .deleteModel: "DELETE /custom/models/{id}"
        case .sourceItem, .targetItem: "GET /\(item.collection)/{id}"
        case .resourceInfo: "GET /info"
        case .authorizeItem: "POST /\(item.collection):authorizeCopy"
        case .copyItem: "POST /\(item.collection)/{id}:copyTo"
        case .operation: "GET /operations/{id}"
        case .operations: "GET /operations"
        case .deleteItem: "DELETE /\(item.collection)/{id}"
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
