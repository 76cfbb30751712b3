import CopyDomain

/// The life of one identity's tokens, as a value: when to use which, when to ask for a new one, how long to leave a
/// token endpoint alone.
struct TokenLedger: Sendable {
    enum Verdict: Hashable, Sendable {
        case use(AccessToken)
        /// The asker is the one that fetches; `fallback` is good meanwhile.
        case fetch(fallback: AccessToken?)
        /// Another fetches, and nothing is good until then.
        case wait
        /// The endpoint is left alone for `pause`; `isFinal`: trying again is of no use.
        case failed(TokenFailure, pause: Duration, isFinal: Bool)
    }

    private struct Trouble: Sendable {
        var failure: TokenFailure
        /// In a row.
        var count: Int
        let since: Duration
        var leaveAloneUntil: Duration
        /// The secret or assertion that was shown.
        var shown: Secret?
    }

    /// How long an identity that has worked in this process may be refused before requests fail of it: a new secret
    /// takes its time to reach the worker, and to be known everywhere in Entra ID.
    static let grace: Duration = .seconds(120)
    /// How often at most a token is thrown away that a resource never took.
    static let dropPeriod: Duration = .seconds(60)

    private var token: AccessToken?
    private var trouble: Trouble?
    private(set) var isFetching = false
    private var hasWorked = false
    private var fetched = 0
    private var droppedAt: Duration?

    mutating func asked(at now: Duration) -> Verdict {
        let usable = token.flatMap { now < $0.usableUntil ? $0 : nil }
        let pause = trouble.map { $0.leaveAloneUntil - now } ?? .zero
        if let usable, isFetching || now < usable.refreshAt || pause > .zero { return .use(usable) }
        guard !isFetching else { return .wait }
        if let trouble, pause > .zero { return verdict(trouble, pause: pause, at: now) }
        isFetching = true
        return .fetch(fallback: usable)
    }

    /// - Parameter moment: when the endpoint was asked.
    /// - Returns: the token, for the one that fetched it: it may use it however short its life is.
    @discardableResult
    mutating func received(_ grant: TokenGrant, askedAt moment: Duration, random: Double) -> AccessToken? {
        isFetching = false
        trouble = nil
        hasWorked = true
        fetched += 1
        token = AccessToken(grant, number: fetched, askedAt: moment, random: random)
        return token
    }

    /// - Parameter shown: the secret or assertion, so that another one is tried at once.
    mutating func failed(_ failure: TokenFailure, showing shown: Secret?, at now: Duration, random: Double) {
        isFetching = false
        let count = (trouble?.count ?? 0) + 1
        let doublings = min(count - 1, 10)
        let pause =
            switch failure.verdict {
            case .refused: min(.seconds(10) * (1 << doublings), .seconds(300)) * (0.5 + 0.5 * random)
            case .transient(_, let asked):
                max(asked ?? .zero, min(.seconds(1) * (1 << doublings), .seconds(60)) * (0.5 + 0.5 * random))
            }
        trouble = Trouble(
            failure: failure,
            count: count,
            since: trouble?.since ?? now,
            leaveAloneUntil: now + pause,
            shown: shown
        )
    }

    /// The fetch was given up without an answer.
    mutating func gaveUp() {
        isFetching = false
    }

    /// A resource did not take the token of this number.
    /// - Parameter wasTaken: the last token that the resource was shown, it took.
    /// - Returns: whether it is thrown away and the next asker fetches another.
    mutating func refused(number: Int, wasTaken: Bool, at now: Duration) -> Bool {
        guard let token, token.proof.form == .token(number: number) else { return false }
        if !wasTaken, let droppedAt, now - droppedAt < Self.dropPeriod { return false }
        droppedAt = now
        self.token = nil
        return true
    }

    /// What was refused with: another secret is worth a try at once.
    var refusedSecret: Secret? {
        guard let trouble, case .refused = trouble.failure.verdict else { return nil }
        return trouble.shown
    }

    mutating func tryAtOnce(at now: Duration) {
        trouble?.leaveAloneUntil = now
    }

    /// Why no new token was to be had last time.
    var failure: TokenFailure? { trouble?.failure }

    private func verdict(_ trouble: Trouble, pause: Duration, at now: Duration) -> Verdict {
        let isFinal =
            switch trouble.failure.verdict {
            case .refused: !hasWorked || now - trouble.since >= Self.grace
            case .transient: false
            }
        return .failed(trouble.failure, pause: pause, isFinal: isFinal)
    }
}
