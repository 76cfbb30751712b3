/// From a source that is there to an import token.
extension CustomVisionMachine {
    mutating func reserve(_ source: Source) -> Action {
        state = .reserving(source)
        return .reserve("custom-vision-export\(plan.source.identity)/\(source.id)")
    }

    /// Counts what the source holds right before it is exported.
    mutating func measure(_ source: Source) -> Action {
        record.backoff.reset()
        state = .measuring(source)
        return .ask(.measureProject(id: source.id, side: .source))
    }

    mutating func measured(_ source: Source, as measure: ProjectMeasure) -> Action {
        warnOfPublications(in: measure)
        return export(Original(source: source, content: .counted(measure)))
    }

    mutating func measuringFailed(_ failure: CallFailure, _ source: Source, at now: Timestamp) -> Action {
        if let pause = record.pauseForExtra(after: failure, at: now) { return .wait(pause) }
        return export(Original(source: source, content: .unknown(why: failure.message)))
    }

    mutating func export(_ original: Original) -> Action {
        state = .exporting(original)
        return .ask(.exportProject(id: original.source.id))
    }

    /// Begins the copy once more, with an export of its own.
    mutating func exportAnew(_ source: Source) -> Action {
        azureStatus = nil
        state = .measuring(source)
        return .wait(record.pauseForAttempt())
    }

    mutating func exported(
        _ original: Original,
        _ export: CustomVisionExport,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        let runsOut = Timestamp.end(
            of: export.expires,
            usualLife: Self.tokenLife,
            serviceDate: serviceDate,
            at: now
        )
        return importUnlessExpired(offer(original, export, runsOutAt: runsOut), at: now)
    }

    /// An offer for the present attempt.
    mutating func offer(_ original: Original, _ export: CustomVisionExport, runsOutAt: Timestamp?) -> Offer {
        record.attempts = max(record.attempts, 1)
        let name = WorkName(finalName(for: original.source), plan: plan, attempt: record.attempts)
        return Offer(original: original, export: export, runsOutAt: runsOutAt, workName: name.text)
    }

    func finalName(for source: Source) -> String {
        plan.request.target.name ?? source.name
    }

    /// A read whose refusal ends the run: the export.
    mutating func readFailed(_ failure: CallFailure, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused: conclude(record.verdict(Verdict(failure), in: phase), at: now)
        case .notDone, .unknown: .wait(record.pause(after: failure, at: now))
        }
    }
}
