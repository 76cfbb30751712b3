/// What a run of any family remembers besides where it stands.
struct RunRecord: Codable, Hashable, Sendable {
    /// How long after the end of a run its remains are looked for.
    static let settling: Duration = .seconds(3600)

    /// How often in a row a call that a copy can do without may fail.
    static let failuresBorneForExtras = 6

    /// How long Azure may have such a call wait: a good copy must not miss its deadline for it.
    static let longestWaitForExtras: Duration = .seconds(60)

    /// How long calls that only look after a target may be refused before that is the last word. A firewall or a role
    /// that is being changed refuses for a while (403), and a finished copy must not be deleted for it.
    static let refusalBorne: Duration = .seconds(60)

    /// How many times the copy was begun.
    var attempts = 0
    var backoff = Backoff()
    private(set) var stop: Stop?
    /// When Azure began to refuse such calls; `nil`: the last call was answered.
    private var refusedSince: Timestamp?
    private(set) var obligations: [Obligation] = []
    private(set) var leftBehind: [LeftBehind] = []
    private(set) var targetIDs: [String] = []
    private(set) var warnings: [String] = []
    /// What bore the target's id before is gone, as the request told.
    var targetDeleted = false

    /// Notes an id in the target resource as this run's own.
    mutating func made(_ id: String) {
        if !targetIDs.contains(id) { targetIDs.append(id) }
    }

    /// Notes for the outcome what a person should know.
    mutating func warn(_ sentence: String) {
        if !warnings.contains(sentence) { warnings.append(sentence) }
    }

    /// Warns when Azure has switched the version off, or soon will.
    mutating func warn(of version: APIVersion, at now: Timestamp) {
        if let sentence = version.retirement?.warning(of: version, at: now) { warn(sentence) }
    }

    /// Notes a debt, unless the same one stands already.
    mutating func owe(_ subject: ObligationSubject, to resource: ResourceName, due: Timestamp, reason: String) {
        guard !obligations.contains(where: { $0.resource == resource && $0.subject == subject }) else { return }
        obligations.append(Obligation(resource: resource, subject: subject, due: due, reason: reason))
    }

    /// Notes for the outcome what is, or may be, still in Azure.
    mutating func leave(_ subject: ObligationSubject, in resource: ResourceName) {
        let item = LeftBehind(resource: resource, item: subject)
        if !leftBehind.contains(item) { leftBehind.append(item) }
    }

    /// Takes note of a deadline or a cancel; a later one changes nothing.
    mutating func stop(for cause: Stop.Cause, at now: Timestamp, grace: Duration) -> Stop {
        let first = stop ?? Stop(cause: cause, graceEnds: now + grace)
        stop = first
        return first
    }

    func graceIsOver(at now: Timestamp) -> Bool {
        stop.map { now >= $0.graceEnds } ?? false
    }

    /// The pause after a call that is to be tried again; a stop's grace cuts it short.
    mutating func pause(after failure: CallFailure, at now: Timestamp) -> Wait {
        backoff.pause(after: failure, atMost: stop?.graceEnds.since(now))
    }

    /// Counts another attempt and says how long to pause before it: trouble of some seconds must not use them all up.
    mutating func pauseForAttempt() -> Wait {
        backoff.reset()
        let wait = Backoff.spaced(attempts)
        attempts += 1
        return wait
    }

    /// The pause before something that a copy can do without is tried again; `nil`: it is refused, was tried often
    /// enough, or Azure wants a long pause.
    mutating func pauseForExtra(after failure: CallFailure, at now: Timestamp) -> Wait? {
        switch failure.fate {
        case .refused: return nil
        case .notDone(let asked?) where asked > Self.longestWaitForExtras: return nil
        case .notDone, .unknown:
            return backoff.failures < Self.failuresBorneForExtras ? pause(after: failure, at: now) : nil
        }
    }

    /// The pause before a call is tried again whose refusal would cost a target that may be finished; `nil`: it has been
    /// refused for too long.
    mutating func pauseUnlessFinal(after failure: CallFailure, at now: Timestamp) -> Wait? {
        if case .refused = failure.fate {
            let since = refusedSince ?? now
            refusedSince = since
            guard now.since(since) < Self.refusalBorne else { return nil }
        }
        return pause(after: failure, at: now)
    }

    mutating func wasAnswered() {
        refusedSince = nil
    }

    /// What the stop makes of a run that would otherwise have ended like this.
    func verdict(_ verdict: Verdict, in phase: Phase) -> Verdict {
        stop?.verdict(in: phase, trouble: backoff.trouble) ?? verdict
    }

    func conclusion(_ verdict: Verdict) -> Conclusion {
        switch verdict {
        case .cancelled: .cancelled(CopyCancellation(leftBehind: leftBehind, targetDeleted: targetDeleted))
        case .failed(let code, let message, let azure):
            .failed(
                CopyFailure(
                    code: code,
                    message: message,
                    azure: azure,
                    leftBehind: leftBehind,
                    targetDeleted: targetDeleted,
                    warnings: warnings,
                    attempts: attempts
                )
            )
        }
    }
}
