import CopyDomain

/// What a resource has thought of our proofs lately, as a value: whether a 401 is the end or a rotation under way.
struct RefusalRecord: Sendable {
    /// How long a resource that has taken our proof in this process may refuse it before requests fail of it: a new key
    /// takes its time to reach the worker.
    static let grace: Duration = .seconds(120)
    /// Between two tries while that time runs.
    static let pause: Duration = .seconds(5)

    private var hasWorked = false
    private var first: (proof: Proof, at: Duration)?

    /// The last proof that the resource was shown, it took.
    var isContent: Bool { hasWorked && first == nil }

    mutating func accepted() {
        hasWorked = true
        first = nil
    }

    /// The gateway refused a proof with 401, which it does before anything is touched (azure-copy-apis.md 3.4).
    /// - Parameter current: what would be shown now, where it is known.
    mutating func refused(_ proof: Proof, current: Proof?, at now: Duration) -> CallFate {
        if let first, !hasWorked, now - first.at >= Self.grace { self.first = nil }
        let beginning = first ?? (proof, now)
        first = beginning
        switch proof.form {
        case .key:
            if let current, current != proof { return .notDone(retryAfter: nil) }
        case .token:
            // Whoever else held the same token; a token anew may be taken.
            if proof == beginning.proof { return .notDone(retryAfter: nil) }
        }
        return hasWorked && now - beginning.at < Self.grace ? .notDone(retryAfter: Self.pause) : .refused
    }
}
