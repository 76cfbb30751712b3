import AMQP
import AzureEmulation
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Synchronization

extension Oracle {
    /// Looks at what is there at the end.
    ///
    /// - Parameter before: what the resources held at the beginning.
    func judge(_ broker: SimulatedBroker, _ azure: EmulatedAzure, _ journal: MemoryJournal, before: [HeldItem]) {
        let results = (broker.ready(in: "results") + broker.ready(in: Self.names.unroutedResults))
            .compactMap(PublishedOutcome.init)
        let entries = (try? journal.list(after: nil, limit: .max)) ?? []
        let obligations = (try? journal.obligations()) ?? []
        var outcomes: [RequestID: PublishedOutcome] = [:]
        for entry in entries {
            let own = results.filter { $0.id.hasPrefix("\(entry.id.rawValue)#1#") }
            guard let outcome = own.first else {
                violated(.nothingLost, "\(entry.id.rawValue) was accepted and has no outcome")
                continue
            }
            outcomes[entry.id] = outcome
            if own.contains(where: { $0.id != outcome.id }) {
                violated(.oneOutcome, "\(entry.id.rawValue) has \(Set(own.map(\.id)).sorted())")
            } else if own.contains(where: { $0.body != outcome.body }) {
                violated(.sameBytes, "\(outcome.id) went out with different bytes")
            }
        }
        judgeLetters(
            Set(entries.map(\.id)),
            parked: broker.ready(in: Self.names.parking).compactMap(\.messageID)
        )
        judgeBroker(broker.record)
        judgeTargets(azure, outcomes)
        judgeRemains(azure, before, outcomes, obligations)
        judgeTexts(azure)
    }

    /// Every message is accounted for.
    private func judgeLetters(_ accepted: Set<RequestID>, parked: [String]) {
        let letters = state.withLock { $0.letters.values.sorted { $0.submission.messageID < $1.submission.messageID } }
        let rejections = state.withLock(\.rejections)
        var refused = 0
        for letter in letters {
            let name = letter.submission.messageID
            let isParked = parked.contains(name)
            if isParked { refused += 1 }
            switch letter.submission.fate {
            case .outcome:
                if isParked { violated(.badInput, "\(name) is a good message and is parked") }
                if letter.submission.request.map(accepted.contains) != true {
                    violated(.nothingLost, "\(name) is gone and its request was never accepted")
                }
            case .refusal:
                if !isParked { violated(.badInput, "\(name) is a bad message and is not parked") }
            case .either:
                if letter.submission.request.map(accepted.contains) != true {
                    violated(.nothingLost, "\(name) is gone and its request was never accepted")
                }
            }
        }
        if rejections < refused { violated(.badInput, "\(refused) messages are parked, \(rejections) are rejected") }
    }

    private func judgeBroker(_ record: BrokerRecord) {
        if record.unknownTags > 0 { violated(.acknowledgedAtHome, "\(record.unknownTags) tags that nobody knows") }
        if record.refusedSettlements > 0 {
            violated(.acknowledgedAtHome, "\(record.refusedSettlements) settlements of another connection's deliveries")
        }
    }

    private func judgeTargets(_ azure: EmulatedAzure, _ outcomes: [RequestID: PublishedOutcome]) {
        for (id, outcome) in outcomes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let finished = azure.finishedTargets.filter { $0.clientRequestID == id.rawValue }
            if finished.count > 1 {
                violated(.oneTarget, "\(id.rawValue) finished \(finished.map(\.target)); it ended \(outcome.id)")
            }
        }
        for authorization in azure.authorizations where authorization.uses > 1 {
            violated(
                .authorizationOnce,
                "\(authorization.modelID) in \(authorization.resource), for \(authorization.clientRequestID ?? "?")"
            )
        }
    }

    private func judgeRemains(
        _ azure: EmulatedAzure,
        _ before: [HeldItem],
        _ outcomes: [RequestID: PublishedOutcome],
        _ obligations: [RecordedObligation]
    ) {
        for resource in Estate.sources {
            let old = before.filter { $0.resource == resource }
            let new = azure.items(of: resource)
            if old != new { violated(.sourceUntouched, "\(resource) holds \(new.map(\.id)), it held \(old.map(\.id))") }
        }
        for resource in Estate.targets {
            let items = azure.items(of: resource)
            let mine = outcomes.filter { $0.value.data["target"]?["resource"]?.string == resource }
            var named = Set(mine.values.flatMap(\.leftBehind))
            for (id, outcome) in mine.sorted(by: { $0.key.rawValue < $1.key.rawValue })
            where outcome.event == "succeeded" {
                guard let target = outcome.targetID else {
                    violated(.trueOutcome, "\(outcome.id) names no target")
                    continue
                }
                named.insert(target)
                let isThere = items.contains { $0.id == target && ["ready", "Succeeded"].contains($0.status) }
                // Another request's `replace` may have taken it away, and says so unless it put its own there.
                let isGone = mine.values.contains { $0.targetDeleted == true && $0.targetID == target }
                if !isThere, !isGone {
                    violated(.trueOutcome, "\(id.rawValue) succeeded and there is no \(target) in \(resource)")
                }
            }
            let debts = obligations.map(\.obligation).filter { $0.resource.rawValue == resource }
            let old = Set(before.filter { $0.resource == resource }.map(\.id))
            for item in items where !old.contains(item.id) && !named.contains(item.id) {
                guard !named.contains(item.name ?? item.id), !debts.contains(where: { $0.names(item) }) else {
                    continue
                }
                violated(
                    .nothingUnnamed,
                    "\(item.id) \(item.name ?? "") is \(item.status) in \(resource), made for \(item.clientRequestID ?? "?")"
                )
            }
        }
    }

    private func judgeTexts(_ azure: EmulatedAzure) {
        let scan = SecretScan(Estate.resources.map(Estate.key) + azure.tokens + [Worker.brokerPassword])
        let texts = state.withLock(\.published)
        for text in texts {
            guard let secret = scan.find(in: text) else { continue }
            violated(.noSecrets, "\(secret) stands in \(String(decoding: text, as: UTF8.self))")
        }
    }
}

extension Obligation {
    fileprivate func names(_ item: HeldItem) -> Bool {
        switch subject {
        case .emptyModel(let from, let to, let suspects):
            let made = item.madeAt.nanoseconds / 1_000_000
            return suspects.contains(item.id)
                || item.status == "creating" && from.milliseconds <= made && made <= to.milliseconds
        case .model(let id), .reservation(let id), .project(let id): return item.id == id
        case .projectName(let name): return item.name == name
        }
    }
}
