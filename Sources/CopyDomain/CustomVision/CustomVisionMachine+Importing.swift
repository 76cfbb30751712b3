/// From an import token to Azure's word that the import is done.
extension CustomVisionMachine {
    mutating func importUnlessExpired(_ offer: Offer, at now: Timestamp) -> Action {
        guard hasRunOut(offer, at: now) else { return startImport(offer, at: now) }
        guard record.attempts < plan.limits.attempts else {
            let message = "The import token ran out before the import could be started."
            return conclude(record.verdict(.failed(.authorizationExpired, message, azure: nil), in: phase), at: now)
        }
        return exportAnew(offer.original.source)
    }

    private func hasRunOut(_ offer: Offer, at now: Timestamp) -> Bool {
        offer.runsOut.map { $0 <= now + Self.expiryMargin } ?? false
    }

    private mutating func startImport(_ offer: Offer, at now: Timestamp) -> Action {
        state = .importing(offer, since: now)
        return .perform(.importProject(token: offer.export.token, name: offer.workName))
    }

    mutating func imported(_ id: String, _ offer: Offer, at now: Timestamp) -> Action {
        record.made(id)
        state = .copying(Copying(original: offer.original, id: id, workName: offer.workName, since: now))
        return proceed(at: now)
    }

    mutating func importFailed(_ failure: CallFailure, _ offer: Offer, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused where failure.followsSuccess: return search(for: offer, at: now)
        case .refused: return conclude(Verdict(failure), at: now)
        case .notDone:
            state = .exported(offer)
            return .wait(record.pause(after: failure, at: now))
        case .unknown: return search(for: offer, at: now)
        }
    }

    // MARK: A lost import

    mutating func search(for offer: Offer, at now: Timestamp) -> Action {
        oweProject(of: offer, at: now)
        state = .searching(Search(offer: offer, until: now + plan.limits.lostImportWatch))
        return proceed(at: now)
    }

    mutating func oweProject(of offer: Offer, at now: Timestamp) {
        openNames.append(offer.workName)
        let due = max(offer.runsOut ?? now + Self.tokenLife, now + RunRecord.settling)
        record.owe(
            .projectName(offer.workName),
            to: plan.target.name,
            due: due,
            reason: "The answer to an import was lost: it may arrive as long as its token lives."
        )
    }

    mutating func searched(_ projects: [CustomVisionProject], _ search: Search, at now: Timestamp) -> Action {
        let offer = search.offer
        if let project = Self.kept(of: projects.filter { $0.name == offer.workName }) {
            // Further ones of this name are swept at the end.
            return imported(project.id, offer, at: now)
        }
        guard now >= search.until else { return proceed(at: now) }
        let lost = Verdict.failed(
            .azureUnavailable,
            "The answer to the import was lost, and its project was not seen.",
            azure: nil
        )
        guard record.stop == nil, record.attempts < plan.limits.attempts else {
            return conclude(record.verdict(lost, in: phase), at: now)
        }
        if hasRunOut(offer, at: now) { return exportAnew(offer.original.source) }
        record.attempts += 1
        azureStatus = nil
        // The same token under another name: a new export might disturb an import that is late.
        return startImport(self.offer(offer.original, offer.export, runsOutAt: offer.runsOutAt), at: now)
    }

    mutating func searchFailed(_ failure: CallFailure, at now: Timestamp) -> Action {
        if let pause = record.pauseUnlessFinal(after: failure, at: now) { return .wait(pause) }
        return conclude(record.verdict(Verdict(failure), in: phase), at: now)
    }

    /// The one to keep of several projects that one attempt made: the finished one, else the oldest.
    static func kept(of projects: [CustomVisionProject]) -> CustomVisionProject? {
        projects.first { $0.status == .succeeded }
            ?? projects.min { left, right in
                (left.created?.milliseconds ?? .max, left.id) < (right.created?.milliseconds ?? .max, right.id)
            }
    }

    // MARK: A running import

    mutating func polled(_ project: CustomVisionProject?, _ copying: Copying, at now: Timestamp) -> Action {
        guard let project else {
            if now.since(copying.since) < Self.projectAppears { return proceed(at: now) }
            return vanished(copying.id, "The project disappeared while it was imported.", at: now)
        }
        azureStatus = project.status.text
        switch project.status {
        case .importing, .unknown:
            guard now.since(copying.since) >= plan.limits.importTime else { return proceed(at: now) }
            let seconds = plan.limits.importTime.components.seconds
            return weigh(copying, .importStuck, "The import did not end within \(seconds) s.", at: now)
        case .failed:
            return weigh(copying, .importFailed, "Azure could not import the project and gives no reason.", at: now)
        case .succeeded:
            if let stop = record.stop {
                return clean(copying.id, then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return verify(copying, description: project.description, at: now)
        }
    }

    mutating func pollFailed(_ failure: CallFailure, _ copying: Copying, at now: Timestamp) -> Action {
        if let pause = record.pauseUnlessFinal(after: failure, at: now) { return .wait(pause) }
        return clean(copying.id, then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
    }

    /// What disappeared may come back: nobody knows whether Azure is at work on it.
    mutating func vanished(_ id: String, _ message: String, at now: Timestamp) -> Action {
        record.owe(.project(id: id), to: plan.target.name, due: now + RunRecord.settling, reason: message)
        return conclude(record.verdict(.failed(.targetVanished, message, azure: nil), in: phase), at: now)
    }
}
