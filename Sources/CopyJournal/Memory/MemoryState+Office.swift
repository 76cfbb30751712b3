import CopyDomain

extension MemoryState {
    mutating func record(_ finding: ObligationFinding, of number: Int64) -> Bool {
        guard let index = obligations.firstIndex(where: { $0.number == number && !$0.isServed }) else { return false }
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
        return true
    }

    mutating func tend(_ owner: OwnerID, at now: Timestamp) -> Bool {
        if let other = janitor, other != owner, lives(other) { return false }
        touch(owner, at: now)
        janitor = owner
        return true
    }

    mutating func takeStranded(for period: Duration, limit: Int, at now: Timestamp) -> [StrandedRequest] {
        let stranded = requests.filter { _, request in
            guard !request.published, Checkpoint.readableFormats.contains(request.format) else { return false }
            if let seen = request.owner.flatMap({ owners[$0]?.seen }),
                seen.isFresh(at: life, limit: period - .milliseconds(1))
            {
                return false
            }
            let pause = period * min(1 << request.searches, StrandedRequest.longestPause)
            return request.sightedAt > now || request.sightedAt <= now - pause
        }
        .sorted { ($0.value.sightedAt, $0.value.number) < ($1.value.sightedAt, $1.value.number) }
        .prefix(limit)
        for (id, request) in stranded {
            requests[id]?.sightedAt = now
            requests[id]?.searches = min(request.searches + 1, 32)
        }
        return stranded.map { id, request in
            StrandedRequest(id: id, content: request.content, plan: request.plan, context: request.checkpoint.context)
        }
    }

    mutating func advance(beyond other: Int64?) -> JournalIdentity {
        identity = JournalIdentity(id: identity.id, generation: identity.generation(beyond: other))
        return identity
    }
}
