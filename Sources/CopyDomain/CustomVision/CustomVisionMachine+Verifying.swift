/// Holding the copy against its source, by what both hold.
extension CustomVisionMachine {
    /// Whether the copy is whole; without a count of the source nobody can tell.
    mutating func verify(_ copying: Copying, description: String, at now: Timestamp) -> Action {
        switch copying.original.content {
        case .counted(let source):
            record.backoff.reset()
            let until = now + Self.countsSettle
            return ask(Verification(copying: copying, description: description, source: source, until: until))
        case .unknown(let why):
            warnOfUnknownContent(why)
            return finish(imported(copying, description: description), at: now)
        }
    }

    mutating func ask(_ verification: Verification) -> Action {
        state = .verifying(verification)
        switch verification.copy {
        case nil: return .ask(.measureProject(id: verification.copying.id, side: .target))
        case _?: return .ask(.measureProject(id: verification.copying.original.source.id, side: .source))
        }
    }

    mutating func verified(_ measure: ProjectMeasure, _ verification: Verification, at now: Timestamp) -> Action {
        if let copy = verification.copy { return judge(copy, to: measure, verification, at: now) }
        guard measure.holdsTheSame(as: verification.source) else {
            // The source may have changed since it was counted.
            var verification = verification
            verification.copy = measure
            return ask(verification)
        }
        let seen = "copy holds what its source holds: \(measure.text)"
        return finish(imported(verification, seen: seen), at: now)
    }

    /// What the source had before and after has to be in the copy; what changed there meanwhile tells nothing.
    private mutating func judge(
        _ copy: ProjectMeasure,
        to after: ProjectMeasure,
        _ verification: Verification,
        at now: Timestamp
    ) -> Action {
        let before = verification.source
        let missing = ProjectMeasure.Part.allCases.contains { part in
            before[part] == after[part] && copy[part] != before[part]
        }
        guard missing else {
            record.warn("The source changed while it was copied: it had \(before.text), and has \(after.text).")
            return finish(imported(verification, seen: "copy holds what its source held: \(copy.text)"), at: now)
        }
        if let until = verification.until, now < until {
            var verification = verification
            verification.copy = nil
            state = .verifying(verification)
            return .wait(Wait(Self.countPause))
        }
        let incomplete = Verdict.failed(
            .copyIncomplete,
            "The copy did not hold all that its source holds: \(copy.text(of: after)).",
            azure: nil
        )
        let copying = verification.copying
        return clean(copying.id, then: afterFailedImport(copying.original.source, incomplete), at: now)
    }

    /// What cannot be read must not fail a good copy.
    mutating func verificationFailed(
        _ failure: CallFailure,
        _ verification: Verification,
        at now: Timestamp
    ) -> Action {
        if let pause = record.pauseForExtra(after: failure, at: now) { return .wait(pause) }
        warnOfUnknownContent(failure.message)
        if let copy = verification.copy {
            let held = copy.text(of: verification.source)
            record.warn("The copy may be incomplete, or its source has changed meanwhile: \(held).")
        }
        return finish(imported(verification), at: now)
    }

    private func imported(_ verification: Verification, seen: String? = nil) -> Imported {
        imported(verification.copying, description: verification.description, seen: seen)
    }

    private func imported(_ copying: Copying, description: String, seen: String? = nil) -> Imported {
        Imported(
            id: copying.id,
            workName: copying.workName,
            finalName: finalName(for: copying.original.source),
            description: description,
            verified: ["project is imported"] + [seen].compactMap(\.self)
        )
    }

    // MARK: A failed import

    /// Counts what a failed import has brought, because Azure gives no reason. A run that is to stop does not.
    mutating func weigh(_ copying: Copying, _ code: FailureCode, _ message: String, at now: Timestamp) -> Action {
        let remains = Remains(copying: copying, code: code, message: message)
        guard record.stop == nil else { return weighed(nil, remains, at: now) }
        record.backoff.reset()
        return ask(remains)
    }

    mutating func ask(_ remains: Remains) -> Action {
        state = .weighing(remains)
        return .ask(.measureProject(id: remains.copying.id, side: .target))
    }

    mutating func weighed(_ measure: ProjectMeasure?, _ remains: Remains, at now: Timestamp) -> Action {
        let original = remains.copying.original
        let held = measure.map { " It had brought \($0.text(of: original.content.measure))." } ?? ""
        let verdict = Verdict.failed(remains.code, remains.message + held, azure: nil)
        return clean(remains.copying.id, then: afterFailedImport(original.source, verdict), at: now)
    }

    mutating func weighingFailed(_ failure: CallFailure, _ remains: Remains, at now: Timestamp) -> Action {
        if let pause = record.pauseForExtra(after: failure, at: now) { return .wait(pause) }
        return weighed(nil, remains, at: now)
    }

    private mutating func afterFailedImport(_ source: Source, _ verdict: Verdict) -> AfterCleaning {
        failedImports += 1
        let mayTryAgain =
            record.stop == nil && failedImports <= Self.failedImportsBorne && record.attempts < plan.limits.attempts
        return mayTryAgain ? .export(source, orElse: verdict) : .end(record.verdict(verdict, in: phase))
    }

    private mutating func warnOfUnknownContent(_ why: String) {
        record.warn("Whether the copy is whole could not be found out. \(why)")
    }
}
