/// From the request to an import token.
extension CustomVisionMachine {
    mutating func inspect() -> Action {
        state = .inspecting
        switch plan.request.source.item {
        case .id(let id): return .ask(.getSourceProject(id: id.rawValue))
        case .name: return .ask(.listSourceProjects)
        }
    }

    mutating func inspected(_ project: CustomVisionProject?, at now: Timestamp) -> Action {
        guard let project else {
            return conclude(
                .failed(.sourceNotFound, "The source resource has no project of the given id.", azure: nil),
                at: now
            )
        }
        switch project.status {
        case .importing, .failed:
            let message = "The source project is \(project.status.text) and cannot be exported."
            return conclude(.failed(.sourceNotReady, message, azure: nil), at: now)
        case .succeeded, .unknown:
            return reserve(Source(id: project.id, name: project.name))
        }
    }

    mutating func inspected(_ projects: [CustomVisionProject], at now: Timestamp) -> Action {
        let namesakes: [CustomVisionProject] =
            switch plan.request.source.item {
            case .name(let name): projects.filter { $0.name == name }
            case .id(let id): projects.filter { $0.id == id.rawValue }
            }
        guard namesakes.count > 1 else {
            guard let project = namesakes.first else {
                return conclude(
                    .failed(.sourceNotFound, "The source resource has no project of the given name.", azure: nil),
                    at: now
                )
            }
            return inspected(project, at: now)
        }
        let ids = namesakes.prefix(10).map(\.id).joined(separator: ", ")
        let message = "The source resource has \(namesakes.count) projects of the given name: \(ids)."
        return conclude(.failed(.sourceAmbiguous, message, azure: nil), at: now)
    }

    mutating func reserve(_ source: Source) -> Action {
        state = .reserving(source)
        return .reserve("custom-vision-export/\(plan.source.name.rawValue)/\(source.id)")
    }

    mutating func export(_ source: Source) -> Action {
        state = .exporting(source)
        return .ask(.exportProject(id: source.id))
    }

    /// Begins the copy once more, with an export of its own.
    mutating func exportAnew(_ source: Source) -> Action {
        record.attempts += 1
        azureStatus = nil
        return export(source)
    }

    mutating func exported(_ source: Source, _ export: CustomVisionExport, at now: Timestamp) -> Action {
        // However its expiration compares with the clock of this host: it was issued a moment ago.
        startImport(offer(source, export), at: now)
    }

    /// An offer for the present attempt.
    mutating func offer(_ source: Source, _ export: CustomVisionExport) -> Offer {
        record.attempts = max(record.attempts, 1)
        let name = WorkName(finalName(for: source), plan: plan, attempt: record.attempts)
        return Offer(source: source, export: export, workName: name.text)
    }

    func finalName(for source: Source) -> String {
        plan.request.target.name ?? source.name
    }

    /// Reads whose refusal ends the run: the source, its export, the search.
    mutating func readFailed(_ failure: CallFailure, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused: conclude(record.verdict(Verdict(failure), in: phase), at: now)
        case .notDone, .unknown: .wait(record.pause(after: failure, at: now))
        }
    }
}
