/// From an imported project to one that bears its final name, alone.
extension CustomVisionMachine {
    mutating func finish(_ imported: Imported, at now: Timestamp) -> Action {
        openNames.isEmpty ? rename(imported, at: now) : sweep(.keeping(imported))
    }

    // MARK: Sweeping

    mutating func sweep(_ sweep: Sweep) -> Action {
        state = .sweeping(sweep)
        return .ask(.listTargetProjects)
    }

    mutating func swept(_ projects: [CustomVisionProject], _ sweep: Sweep, at now: Timestamp) -> Action {
        let remains = projects.first { project in
            switch sweep {
            case .keeping(let imported):
                return project.id != imported.id
                    && (openNames.contains(project.name) || project.name == imported.workName)
            case .ending:
                // What would not go before is not tried for ever.
                return openNames.contains(project.name) && !isLeft(project.id)
            }
        }
        if let remains {
            record.made(remains.id)
            if case .ending(let verdict, let until) = sweep, now >= until {
                leave(remains.id, at: now)
                return end(verdict)
            }
            return clean(remains.id, then: .sweep(sweep), at: now)
        }
        record.backoff.reset()
        switch sweep {
        case .keeping(let imported):
            let verified = imported.verified + ["no other project of this request is there"]
            return rename(
                Imported(
                    id: imported.id,
                    workName: imported.workName,
                    finalName: imported.finalName,
                    description: imported.description,
                    verified: verified
                ),
                at: now
            )
        case .ending(let verdict, _):
            return end(verdict)
        }
    }

    mutating func sweepFailed(_ failure: CallFailure, _ sweep: Sweep, at now: Timestamp) -> Action {
        switch sweep {
        case .keeping(let imported):
            if let pause = record.pauseUnlessFinal(after: failure, at: now) { return .wait(pause) }
            return giveUp(imported, failure, at: now)
        case .ending(let verdict, let until):
            let isRefused = if case .refused = failure.fate { true } else { false }
            guard isRefused || now >= until else {
                return .wait(record.backoff.pause(after: failure, atMost: until.since(now)))
            }
            leaveOpenNames()
            return end(verdict)
        }
    }

    // MARK: Renaming

    mutating func rename(_ imported: Imported, at now: Timestamp) -> Action {
        state = .renaming(imported, since: now)
        return .perform(
            .renameTargetProject(id: imported.id, name: imported.finalName, description: imported.description)
        )
    }

    mutating func renameFailed(_ failure: CallFailure, _ imported: Imported, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused where failure.followsSuccess || failure.code == .targetVanished: return compare(imported)
        case .refused where failure.code == .accessDenied:
            guard let pause = record.pauseUnlessFinal(after: failure, at: now) else {
                return giveUp(imported, failure, at: now)
            }
            state = .renamable(imported)
            return .wait(pause)
        case .refused: return giveUp(imported, failure, at: now)
        case .notDone:
            state = .renamable(imported)
            return .wait(record.pause(after: failure, at: now))
        case .unknown: return compare(imported)
        }
    }

    mutating func compare(_ imported: Imported) -> Action {
        state = .comparing(imported)
        return .ask(.getTargetProject(id: imported.id))
    }

    mutating func compared(_ project: CustomVisionProject?, _ imported: Imported, at now: Timestamp) -> Action {
        guard let project else {
            guard record.backoff.failures < Self.absencesBorne else {
                return vanished(imported.id, "The project disappeared while it was renamed.", at: now)
            }
            return .wait(record.backoff.pause(atMost: record.stop?.graceEnds.since(now)))
        }
        // Any other name than the work name is the final one as Azure took it.
        guard project.name == imported.workName else { return succeed(imported, name: project.name) }
        state = .renamable(imported)
        return .wait(record.backoff.pause(atMost: record.stop?.graceEnds.since(now)))
    }

    mutating func compareFailed(_ failure: CallFailure, _ imported: Imported, at now: Timestamp) -> Action {
        if let pause = record.pauseUnlessFinal(after: failure, at: now) { return .wait(pause) }
        return giveUp(imported, failure, at: now)
    }

    mutating func succeed(_ imported: Imported, name: String) -> Action {
        end(
            .succeeded(
                CopySuccess(
                    targetID: imported.id,
                    targetName: name,
                    verified: imported.verified + ["project has its name"],
                    warnings: record.warnings,
                    attempts: record.attempts
                )
            )
        )
    }

    /// The project is there, but what success asks for is refused.
    private mutating func giveUp(_ imported: Imported, _ failure: CallFailure, at now: Timestamp) -> Action {
        clean(imported.id, then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
    }
}
