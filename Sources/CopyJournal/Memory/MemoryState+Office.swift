import CopyDomain

extension MemoryState {
    mutating func record(_ finding: ObligationFinding, of number: Int64) {
        guard let index = debts.firstIndex(where: { $0.number == number && !$0.isServed }) else { return }
        switch finding {
        case .served(let sentence):
            debts[index].isServed = true
            debts[index].finding = sentence
        case .open(let sentence, let nextLook):
            debts[index].finding = sentence
            debts[index].nextLook = nextLook
        case .needsPerson(let sentence):
            debts[index].finding = sentence
            debts[index].nextLook = nil
        }
    }

    mutating func tend(_ owner: OwnerID, at now: Timestamp) -> Bool {
        if let other = janitor, other != owner, lives(other, at: now) { return false }
        owners[owner] = now
        janitor = owner
        return true
    }

    mutating func advance(beyond other: Int64?) -> JournalIdentity {
        identity = JournalIdentity(id: identity.id, generation: identity.generation(beyond: other))
        return identity
    }
}
