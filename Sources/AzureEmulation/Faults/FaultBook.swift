/// The faults that are switched on, and how often each has struck.
struct FaultBook: Sendable {
    struct Entry: Sendable {
        let id: Int
        let rule: FaultRule
        var fired = 0

        var isSpent: Bool {
            rule.count.map { fired >= $0 } ?? false
        }
    }

    /// A call that may meet faults.
    struct Encounter: Sendable {
        let resource: String
        let call: String
        let clientRequestID: String?
    }

    private(set) var entries: [Entry] = []
    private var lastID = 0

    mutating func add(_ rule: FaultRule) -> Int {
        lastID += 1
        entries.append(Entry(id: lastID, rule: rule))
        return lastID
    }

    /// Switches a fault off; false when there is none of this id.
    mutating func remove(_ id: Int) -> Bool {
        let count = entries.count
        entries.removeAll { $0.id == id }
        return entries.count < count
    }

    mutating func removeAll() {
        entries = []
    }

    /// The faults that strike this call; each is counted.
    mutating func plan(for encounter: Encounter, random: inout SplitMix64) -> FaultPlan {
        var plan = FaultPlan()
        for index in entries.indices where !entries[index].isSpent && entries[index].rule.concerns(encounter) {
            let probability = entries[index].rule.probability
            guard probability >= 1 || random.fraction() < probability else { continue }
            entries[index].fired += 1
            plan.add(entries[index].rule)
        }
        return plan
    }
}

extension FaultRule {
    func concerns(_ encounter: FaultBook.Encounter) -> Bool {
        guard resource == "*" || resource == encounter.resource else { return false }
        guard call == "*" || call == encounter.call else { return false }
        return fault.concerns(encounter.call) && matches(encounter.clientRequestID)
    }

    private func matches(_ clientRequestID: String?) -> Bool {
        guard let match else { return true }
        guard let clientRequestID else { return false }
        return match.hasSuffix("*") ? clientRequestID.hasPrefix(match.dropLast()) : clientRequestID == match
    }
}
