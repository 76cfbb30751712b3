/// From the request to the knowledge that a copy can be begun.
extension CustomVisionMachine {
    /// How many projects a resource can have at most (azure-copy-apis.md 7.6). No call tells whether it is one of
    /// those that can have only 2.
    private static let projectLimit = 100

    mutating func inspect(_ question: Question) -> Action {
        state = .inspecting(question)
        switch (question, plan.request.source.item) {
        case (.source, .id(let id)): return .ask(.getSourceProject(id: id.rawValue))
        case (.source, .name): return .ask(.listSourceProjects)
        case (.target, _): return .ask(.listTargetProjects)
        case (.content(let source), _): return .ask(.measureProject(id: source.id, side: .source))
        }
    }

    mutating func inspected(source project: CustomVisionProject?) -> Action {
        guard let project else {
            return object(
                CopyProblem(.sourceNotFound, "The source resource has no project of the given id."),
                next: .target(nil)
            )
        }
        switch project.status {
        case .importing, .failed:
            let message = "The source project is \(project.status.text) and cannot be exported."
            return object(CopyProblem(.sourceNotReady, message), next: .target(nil))
        case .succeeded, .unknown:
            preflight.note("source project is there")
            return inspect(.target(Source(id: project.id, name: project.name)))
        }
    }

    mutating func inspected(sources projects: [CustomVisionProject]) -> Action {
        let namesakes: [CustomVisionProject] =
            switch plan.request.source.item {
            case .name(let name): projects.filter { $0.name == name }
            case .id(let id): projects.filter { $0.id == id.rawValue }
            }
        guard namesakes.count > 1 else {
            guard let project = namesakes.first else {
                return object(
                    CopyProblem(.sourceNotFound, "The source resource has no project of the given name."),
                    next: .target(nil)
                )
            }
            return inspected(source: project)
        }
        let ids = namesakes.prefix(10).map(\.id).joined(separator: ", ")
        let message = "The source resource has \(namesakes.count) projects of the given name: \(ids)."
        return object(CopyProblem(.sourceAmbiguous, message), next: .target(nil))
    }

    mutating func inspected(targets projects: [CustomVisionProject], for source: Source?) -> Action {
        guard projects.count < Self.projectLimit else {
            return object(
                CopyProblem(.targetLimitReached, "The target resource has \(projects.count) projects already."),
                next: source.map(Question.content)
            )
        }
        preflight.note("target has \(projects.count) projects")
        let name = source.map(finalName) ?? plan.request.target.name
        if let name, projects.contains(where: { $0.name == name }) {
            // What Azure does with a second of the name is not known (azure-copy-apis.md 7.4).
            record.warn("The target resource has a project of the copy's name already.")
        }
        return targetInspected(for: source)
    }

    mutating func inspected(content measure: ProjectMeasure) -> Action {
        preflight.note("source project has \(measure.text)")
        warnOfPublications(in: measure)
        return endCheck()
    }

    mutating func inspectionFailed(_ failure: CallFailure, _ question: Question, at now: Timestamp) -> Action {
        switch (question, failure.fate) {
        case (.source, .refused):
            return object(CopyProblem(failure), next: .target(nil))
        case (.source, .notDone), (.source, .unknown):
            return .wait(record.pause(after: failure, at: now))
        case (.target(let source), _):
            if let pause = record.pauseForExtra(after: failure, at: now) { return .wait(pause) }
            warnOfUnknownRoom(failure)
            return targetInspected(for: source)
        case (.content, _):
            if let pause = record.pauseForExtra(after: failure, at: now) { return .wait(pause) }
            record.warn("What the source project holds could not be counted. \(failure.message)")
            return endCheck()
        }
    }

    private mutating func targetInspected(for source: Source?) -> Action {
        guard let source else { return endCheck() }
        return plan.request.isCheck ? inspect(.content(source)) : reserve(source)
    }

    /// Publishing is lost in a copy (azure-copy-apis.md 7.4).
    mutating func warnOfPublications(in measure: ProjectMeasure) {
        if measure.publishedIterations > 0 {
            record.warn(
                "The source has published iterations (\(measure.publishedIterations)); publish the copy's again."
            )
        }
    }
}
