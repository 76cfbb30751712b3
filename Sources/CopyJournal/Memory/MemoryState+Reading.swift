import CopyDomain

extension MemoryState {
    func list(after id: RequestID?, limit: Int) -> [JournalEntry] {
        var start = 0
        if let id {
            guard let number = requests[id]?.number else { return [] }
            start = number
        }
        return requests.filter { $0.value.number > start }
            .sorted { $0.value.number < $1.value.number }
            .prefix(max(0, limit))
            .map { $0.value.entry($0.key, isCancelRequested: cancellations[$0.key] != nil) }
    }

    func find(_ id: RequestID) -> JournalEntry? {
        requests[id]?.entry(id, isCancelRequested: cancellations[id] != nil)
    }

    var openObligations: [RecordedObligation] {
        let named = targets.map { MemoryItem(resource: $0.resource, id: $0.id) }
        let learned = obligations.compactMap { kept in
            kept.fact?.subject.itemID.map { MemoryItem(resource: kept.obligation.resource, id: $0) }
        }
        let owned = Set(named + learned)
        return standing.filter { !damaged.contains($0.number) }.map { kept in
            let obligation = kept.obligation.leavingOut {
                owned.contains(MemoryItem(resource: kept.obligation.resource, id: $0))
            }
            return RecordedObligation(
                number: kept.number,
                request: kept.request,
                run: kept.run,
                obligation: obligation,
                nextLook: kept.nextLook,
                needsPerson: kept.needsPerson,
                finding: kept.finding
            )
        }
    }

    var unreadableObligations: [UnreadableObligation] {
        standing.filter { damaged.contains($0.number) }.map { kept in
            let message = "an obligation of request \(kept.request.rawValue): the stored record cannot be read"
            return UnreadableObligation(number: kept.number, message: message)
        }
    }

    mutating func prune(endedBefore moment: Timestamp) -> Int {
        let indebted = Set(standing.map(\.request))
        let old = requests.filter { id, request in
            guard let endedAt = request.endedAt, request.published, !indebted.contains(id) else { return false }
            return endedAt < moment
        }
        for id in old.keys {
            requests[id] = nil
        }
        obligations.removeAll { old[$0.request] != nil }
        // An obligation of another run may name these ids among its suspects: they outlive their request until then.
        let disputed = Set(obligations.map(\.obligation.resource))
        targets = targets.filter { requests[$0.request] != nil || disputed.contains($0.resource) }
        let holding = Set(requests.values.compactMap(\.owner))
        owners = owners.filter { $0.value.at >= moment || holding.contains($0.key) }
        cancellations = cancellations.filter { $0.value >= moment || requests[$0.key] != nil }
        examinations = examinations.filter { $0.value.begun >= moment }
        return old.count
    }

    var standing: [MemoryObligation] {
        let named = Set(targets.map { MemoryItem(resource: $0.resource, id: $0.id) })
        return obligations.filter { kept in
            guard !kept.isServed else { return false }
            guard let fact = kept.fact else { return true }
            if let request = requests[kept.request], request.run == kept.run, request.outcome == nil { return false }
            guard let id = fact.subject.itemID else { return true }
            return !named.contains(MemoryItem(resource: fact.resource, id: id))
        }
    }
}
