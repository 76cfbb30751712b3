/// From an import token to Azure's word that the import is done.
extension CustomVisionMachine {
    mutating func importUnlessExpired(_ offer: Offer, at now: Timestamp) -> Action {
        if let expires = offer.export.expires, expires <= now + Self.expiryMargin {
            return measure(offer.original.source)
        }
        return startImport(offer, at: now)
    }

    mutating func startImport(_ offer: Offer, at now: Timestamp) -> Action {
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
        let due = max(offer.export.expires ?? now + Self.tokenLife, now + RunRecord.settling)
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
        record.attempts += 1
        azureStatus = nil
        // The same token under another name: a new export might disturb an import that is late.
        return importUnlessExpired(self.offer(offer.original, offer.export), at: now)
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
            let vanished = Verdict.failed(.targetVanished, "The project disappeared while it was imported.", azure: nil)
            // Nobody knows whether Azure still imports.
            record.owe(
                .project(id: copying.id),
                to: plan.target.name,
                due: now + RunRecord.settling,
                reason: "The project disappeared while it was imported."
            )
            return conclude(record.verdict(vanished, in: phase), at: now)
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
        switch failure.fate {
        case .notDone, .unknown: .wait(record.pause(after: failure, at: now))
        case .refused: clean(copying.id, then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
        }
    }
}
