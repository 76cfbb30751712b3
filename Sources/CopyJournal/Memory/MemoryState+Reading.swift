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
            .map { $0.value.entry($0.key) }
    }

    var openObligations: [RecordedObligation] {
        let named = targets.map { MemoryItem(resource: $0.resource, id: $0.id) }
        let learned = debts.compactMap { debt in
            debt.fact?.subject.itemID.map { MemoryItem(resource: debt.obligation.resource, id: $0) }
        }
        let owned = Set(named + learned)
        return openDebts.map { debt in
            let obligation = debt.obligation.leavingOut {
                owned.contains(MemoryItem(resource: debt.obligation.resource, id: $0))
            }
            return RecordedObligation(
                number: debt.number,
                request: debt.request,
                run: debt.run,
                obligation: obligation,
                nextLook: debt.nextLook,
                finding: debt.finding
            )
        }
    }

    mutating func prune(endedBefore moment: Timestamp) -> Int {
        let indebted = Set(openDebts.map(\.request))
        let old = requests.filter { id, request in
            guard let endedAt = request.endedAt, !indebted.contains(id) else { return false }
            return endedAt < (request.published ? moment : moment - RetainedOutcome.grace)
        }
        for id in old.keys {
            requests[id] = nil
        }
        debts.removeAll { old[$0.request] != nil }
        // An obligation of another run may name these ids among its suspects: they outlive their request until then.
        let disputed = Set(debts.map(\.obligation.resource))
        targets = targets.filter { requests[$0.request] != nil || disputed.contains($0.resource) }
        let holding = Set(requests.values.compactMap(\.owner))
        owners = owners.filter { $0.value.at >= moment || holding.contains($0.key) }
        cancellations = cancellations.filter { $0.value >= moment || requests[$0.key] != nil }
        examinations = examinations.filter { $0.value.begun >= moment }
        return old.count
    }

    var openDebts: [MemoryDebt] {
        let named = Set(targets.map { MemoryItem(resource: $0.resource, id: $0.id) })
        return debts.filter { debt in
            guard !debt.isServed else { return false }
            guard let fact = debt.fact else { return true }
            if let request = requests[debt.request], request.run == debt.run, request.outcome == nil { return false }
            guard let id = fact.subject.itemID else { return true }
            return !named.contains(MemoryItem(resource: fact.resource, id: id))
        }
    }
}
