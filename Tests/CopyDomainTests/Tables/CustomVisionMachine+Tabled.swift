@testable import CopyDomain

extension CustomVisionMachine: TabledMachine {
    private static var projects: [(String, CustomVisionAnswer)] {
        [
            ("no project", .project(nil)), ("importing", .project(project("p", .importing, name: workName(1)))),
            ("succeeded", .project(project("p", .succeeded, name: workName(1)))),
            ("failed", .project(project("p", .failed, name: workName(1)))),
            ("unknown project status", .project(project("p", .unknown("odd"), name: workName(1)))),
            ("named otherwise", .project(project("p", .succeeded, name: "parts"))),
        ]
    }

    private static var lists: [(String, CustomVisionAnswer)] {
        [
            ("no projects", .projects([])), ("strangers", .projects([project("q", name: "wheels")])),
            ("of attempt 1", .projects([project("late", name: workName(1))])),
            ("namesakes", .projects([project("q"), project("r")])),
        ]
    }

    private static var measures: [(String, CustomVisionAnswer)] {
        [
            ("whole", .measured(counts())), ("partial", .measured(counts(tags: 2, tagged: 5))),
            ("whole, published", .measured(counts(published: 1))),
        ]
    }

    var possibleAnswers: [(String, CustomVisionAnswer)] {
        switch state {
        case .requested, .reserving, .exported, .renamable, .ended: []
        case .inspecting(.source):
            switch plan.request.source.item {
            case .id: Self.projects
            case .name: Self.lists
            }
        case .inspecting(.target):
            Self.lists + [("100 projects", .projects((1...100).map { project("p\($0)", name: "wheels") }))]
        case .inspecting(.content), .measuring, .weighing, .verifying: Self.measures
        case .exporting:
            [
                ("exported", .exported(freshExport())), ("exported, expired", .exported(freshExport(expires: noon))),
                ("exported, no end", .exported(freshExport(expires: nil))),
            ]
        case .importing: [("imported", .imported(project("project-9", .importing)))]
        case .searching, .sweeping: Self.lists
        case .copying, .comparing: Self.projects
        case .renaming: [("renamed", .renamed(project("project-1")))]
        case .cleaning(let cleaning):
            switch cleaning.removal.step {
            case .due: []
            case .deleting: [("deleted", .deleted)]
            case .looking: Self.projects
            }
        }
    }

    var stateName: String {
        switch state {
        case .requested: "requested"
        case .inspecting(.source): "inspecting (source)"
        case .inspecting(.target): "inspecting (target)"
        case .inspecting(.content): "inspecting (content)"
        case .reserving: "reserving"
        case .measuring: "measuring"
        case .exporting: "exporting"
        case .exported: "exported"
        case .importing: "importing"
        case .searching: "searching"
        case .copying: "copying"
        case .weighing: "weighing"
        case .verifying(let verification): verification.copy == nil ? "verifying" : "verifying (again)"
        case .sweeping(let sweep): sweep.isKeeping ? "sweeping (keeping)" : "sweeping (ending)"
        case .renamable: "renamable"
        case .renaming: "renaming"
        case .comparing: "comparing"
        case .cleaning(let cleaning):
            switch cleaning.removal.step {
            case .due: "cleaning (due)"
            case .deleting: "cleaning (deleting)"
            case .looking: "cleaning (looking)"
            }
        case .ended: "ended"
        }
    }

    var intent: (call: CustomVisionCall, since: Timestamp)? {
        switch state {
        case .importing(let offer, let since):
            return (.importProject(token: offer.export.token, name: offer.workName), since)
        case .renaming(let imported, let since):
            let call = CustomVisionCall.renameTargetProject(
                id: imported.id,
                name: imported.finalName,
                description: imported.description
            )
            return (call, since)
        case .cleaning(let cleaning):
            guard case .deleting(let since) = cleaning.removal.step else { return nil }
            return (.deleteTargetProject(id: cleaning.removal.id), since)
        case .requested, .inspecting, .reserving, .measuring, .exporting, .exported, .searching, .copying, .weighing,
            .verifying, .sweeping, .renamable, .comparing, .ended:
            return nil
        }
    }

    /// Once a project is being renamed, the names have been swept.
    var unseen: [String] {
        switch state {
        case .renaming, .comparing, .ended: []
        case .requested, .inspecting, .reserving, .measuring, .exporting, .exported, .importing, .searching, .copying,
            .weighing, .verifying, .sweeping, .renamable, .cleaning:
            openNames
        }
    }

    static func mayRepeat(_ call: CustomVisionCall) -> Bool { false }

    static func name(_ call: CustomVisionCall) -> String {
        switch call {
        case .getSourceProject: "source"
        case .listSourceProjects: "sources"
        case .measureProject(let id, let side): "measure \(id) in \(side.rawValue)"
        case .exportProject: "export"
        case .importProject(_, let name): "import \(name.suffix(2).prefix(1))"
        case .getTargetProject(let id): "project \(id)"
        case .listTargetProjects: "projects"
        case .renameTargetProject(let id, _, _): "rename \(id)"
        case .deleteTargetProject(let id): "delete \(id)"
        }
    }
}
