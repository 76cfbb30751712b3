import CopyDomain

extension MemoryState {
    mutating func record(_ finding: ObligationFinding, of number: Int64) {
        guard let index = obligations.firstIndex(where: { $0.number == number && !$0.isServed }) else { return }
        switch finding {
        case .served(let sentence):
            obligations[index].isServed = true
            obligations[index].finding = sentence
        case .open(let sentence, let nextLook):
            obligations[index].finding = sentence
            obligations[index].nextLook = nextLook
            obligations[index].needsPerson = false
        case .needsPerson(let sentence, let nextLook):
            obligations[index].finding = sentence
            obligations[index].nextLook = nextLook
            obligations[index].needsPerson = true
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
