import CopyDomain
import Logging
import Synchronization

/// The tokens of one identity, shared by the resources that take them. One fetch at a time.
///
/// Nothing runs by itself: a token that is due for renewal is renewed by the next call that asks for it, while the
/// others go on with the old one.
final class TokenStore: Sendable {
    /// For one answer of a token endpoint.
    static let timeout: Duration = .seconds(10)
    /// The same while an older token is still good: the call that fetches is not to wait for long.
    static let renewalTimeout: Duration = .seconds(5)

    private struct State {
        var ledger = TokenLedger()
        var line = WaitingLine()
        var lastToldFailure: TokenFailure?
    }

    private let identity: EntraIdentity
    private let http: any HTTPSending
    private let timeline: Timeline
    private let wallClock: @Sendable () -> Timestamp
    private let random: @Sendable () -> Double
    private let userAgent: String
    private let logger: Logger
    private let state = Mutex(State())

    init(
        _ identity: EntraIdentity,
        http: any HTTPSending,
        timeline: Timeline,
        wallClock: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable () -> Double,
        userAgent: String,
        logger: Logger
    ) {
        self.identity = identity
        self.http = http
        self.timeline = timeline
        self.wallClock = wallClock
        self.random = random
        self.userAgent = userAgent
        self.logger = logger
    }

    /// A token that outlives one call.
    /// - Returns: `nil` when the limit came first.
    func token(within limit: Duration) async throws(CancellationError) -> Result<Proof, CallFailure>? {
        let end = timeline.now() + limit
        heedNewSecret()
        while true {
            guard !Task.isCancelled else { throw CancellationError() }
            let now = timeline.now()
            switch state.withLock({ $0.ledger.asked(at: now) }) {
            case .use(let token): return .success(token.proof)
            case .failed(let failure, let pause, let isFinal):
                return .failure(callFailure(failure, pause: pause, isFinal: isFinal))
            case .fetch(let fallback):
                let standard = fallback == nil ? Self.timeout : Self.renewalTimeout
                guard now < end else {
                    conclude { $0.gaveUp() }
                    return fallback.map { .success($0.proof) }
                }
                if let token = await fetch(within: min(standard, end - now)) { return .success(token.proof) }
            case .wait:
                guard now < end, try await news(until: end, now: now) else { return nil }
            }
        }
    }

    /// A resource refused the token of this number.
    /// - Parameter wasTaken: the last token that the resource was shown, it took.
    func refused(number: Int, wasTaken: Bool) {
        let now = timeline.now()
        if state.withLock({ $0.ledger.refused(number: number, wasTaken: wasTaken, at: now) }) {
            logger.notice("a token was refused by a resource and is fetched anew", metadata: metadata)
        }
    }

    /// How many wait for the fetch that is under way.
    var waiting: Int { state.withLock(\.line.count) }

    /// Why there is no new token, for people.
    var trouble: String? {
        state.withLock(\.ledger.failure).map { callFailure($0, pause: .zero, isFinal: false).message }
    }

    // MARK: - Fetching

    /// - Returns: `nil` when there is none; the ledger knows why.
    private func fetch(within limit: Duration) async -> AccessToken? {
        let begun = timeline.now()
        var shown: Secret?
        do {
            let reading = try secret()
            shown = reading?.secret
            if let trouble = reading?.trouble {
                logger.warning("an older secret is used: \(trouble)", metadata: metadata)
            }
            let grant = try await exchange(shown, within: limit)
            let token = conclude { [random] in $0.received(grant, askedAt: begun, random: random()) }
            state.withLock { $0.lastToldFailure = nil }
            logger.info(
                "a token was fetched",
                metadata: metadata.merging([LogKey.lifetime: "\(grant.lifetime.components.seconds)"]) { $1 }
            )
            return token
        } catch {
            guard !Task.isCancelled else {
                conclude { $0.gaveUp() }
                return nil
            }
            let now = timeline.now()
            conclude { [random, shown] in $0.failed(error, showing: shown, at: now, random: random()) }
            tell(error)
            return nil
        }
    }

    private func exchange(_ secret: Secret?, within limit: Duration) async throws(TokenFailure) -> TokenGrant {
        let request = try TokenRequests.request(
            for: identity,
            secret: secret,
            userAgent: userAgent,
            timeout: limit
        )
        let answers = TokenAnswers(redaction: redaction(secret), now: wallClock(), way: identity.way)
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch {
            throw TokenFailure(
                verdict: .transient(.azureUnavailable, retryAfter: nil),
                message: "the token endpoint: \(answers.redaction.clean(error.message, limit: 300))"
            )
        }
        return try answers.grant(response)
    }

    private func secret() throws(TokenFailure) -> SecretReading? {
        let read: SecretSourceReading
        switch identity.way {
        case .clientSecret(_, let source), .workload(_, let source): read = source
        case .instanceMetadata, .appService: return nil
        }
        do {
            return try read()
        } catch {
            throw TokenFailure(verdict: .refused(.credentialMissing), message: "\(error)")
        }
    }

    /// After a refusal the endpoint is left alone, unless there is something new to show it.
    private func heedNewSecret() {
        guard let failure = state.withLock(\.ledger.failure), case .refused = failure.verdict else { return }
        let refused = state.withLock(\.ledger.refusedSecret)
        guard let reading = try? secret(), reading.secret != refused else { return }
        let now = timeline.now()
        state.withLock { $0.ledger.tryAtOnce(at: now) }
    }

    private func redaction(_ secret: Secret?) -> Redaction {
        switch identity.way {
        case .clientSecret, .workload, .instanceMetadata: Redaction([secret].compactMap { $0 })
        case .appService(_, let header, _): Redaction([header])
        }
    }

    private func conclude<Value: Sendable>(_ change: (inout TokenLedger) -> Value) -> Value {
        let (value, waiters) = state.withLock { state in
            let value = change(&state.ledger)
            var waiters: [WaitingLine.Waiter] = []
            while let waiter = state.line.popFirst() { waiters.append(waiter) }
            return (value, waiters)
        }
        for waiter in waiters { waiter.resume(returning: true) }
        return value
    }

    // MARK: - Waiting

    /// - Returns: `false` when the limit came first.
    private func news(until end: Duration, now: Duration) async throws(CancellationError) -> Bool {
        // A fetch ends by itself: only who cannot wait for that needs a timer.
        guard end - now < Self.timeout else {
            try await news()
            return true
        }
        do {
            return try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await self.news()
                    return true
                }
                group.addTask { [timeline] in
                    try await timeline.sleep(until: end)
                    return false
                }
                defer { group.cancelAll() }
                return try await group.next() ?? false
            }
        } catch {
            throw CancellationError()
        }
    }

    /// Waits for the end of the fetch that is under way.
    private func news() async throws(CancellationError) {
        let ticket = state.withLock { $0.line.makeTicket() }
        do {
            _ = try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { (waiter: WaitingLine.Waiter) in
                    enter(waiter, ticket)
                }
            } onCancel: {
                state.withLock { $0.line.remove(ticket) }?.resume(throwing: CancellationError())
            }
        } catch {
            throw CancellationError()
        }
    }

    private func enter(_ waiter: WaitingLine.Waiter, _ ticket: WaitingLine.Ticket) {
        enum Entry { case waits, goesOn, leaves }
        let entry = state.withLock { state -> Entry in
            if Task.isCancelled { return .leaves }
            guard state.ledger.isFetching else { return .goesOn }
            state.line.append(waiter, ticket: ticket, limit: nil)
            return .waits
        }
        switch entry {
        case .waits: break
        case .goesOn: waiter.resume(returning: true)
        case .leaves: waiter.resume(throwing: CancellationError())
        }
    }

    // MARK: - Telling

    private var metadata: Logger.Metadata { [LogKey.credential: "\(identity.name)"] }

    /// Each failure once, however often it happens in a row.
    private func tell(_ failure: TokenFailure) {
        let isNews = state.withLock { state in
            defer { state.lastToldFailure = failure }
            return state.lastToldFailure != failure
        }
        guard isNews else { return }
        logger.warning("no token: \(failure.message)", metadata: metadata)
    }

    /// Without a status of its own: machines take that for the resource's.
    private func callFailure(_ failure: TokenFailure, pause: Duration, isFinal: Bool) -> CallFailure {
        let code =
            switch failure.verdict {
            case .refused(let code), .transient(let code, _): code
            }
        return CallFailure(
            fate: isFinal ? .refused : .notDone(retryAfter: pause),
            code: code,
            message: "There is no token for the credential \(identity.name): \(failure.message)."
        )
    }
}
