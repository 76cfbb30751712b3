import CopyDomain

/// How one resource has been doing, as a value: the state of its circuit breaker. Paused is what the trade calls open,
/// a probe half-open.
struct Vitals: Equatable, Sendable {
    struct Limits: Hashable, Sendable {
        /// So many failures in a row pause a resource, if they lie further apart than `leastSpan`.
        var failures = 5
        var leastSpan: Duration = .seconds(3)
        /// Until the first probe, and until the next one at most.
        var firstPause: Duration = .seconds(5)
        var longestPause: Duration = .seconds(60)
        /// So many failed probes in a row one request makes, before whoever comes next makes them.
        var probesOfOne = 3
        /// A probe that has not called the resource by then is not waited for.
        var probePatience: Duration = .seconds(60)
    }

    enum Change: Equatable, Sendable {
        case paused
        /// For the one request whose calls failed: it may be that request's own trouble.
        case pausedForOne
        case opened
    }

    /// What people are told of a pause.
    struct PauseReport: Equatable, Sendable {
        /// How long the resource has failed.
        let age: Duration
        let lastFailure: String?
        /// Who is finding out; `nil`: nobody at the moment.
        let prober: RequestID?
        /// Until somebody may be let through to find out; zero: whoever comes next.
        let untilProbe: Duration
        /// The only one that waits; `nil`: all requests of the resource do.
        let sufferer: RequestID?
    }

    private struct Probe: Equatable {
        let request: RequestID
        let until: Duration
    }

    private struct Pause: Equatable {
        var length: Duration
        var nextProbe: Duration
        var probe: Probe?
        /// Who probed last, and had better be the next one too.
        var lastProber: RequestID?
        /// In a row, by the same request.
        var failedProbes = 0
        /// The only one that is paused, because no other has failed; `nil`: all are.
        var sufferer: RequestID?
    }

    private let limits: Limits
    private var failures = 0
    private var failingSince: Duration?
    /// Whose calls have failed in a row; `nil`: nobody's, or several requests'.
    private var sufferer: RequestID?
    private var lastFailure: String?
    private var pause: Pause?

    init(limits: Limits) {
        self.limits = limits
    }

    var isPaused: Bool { pause != nil }

    /// Whether nothing needs to be remembered.
    var isSound: Bool { pause == nil && failures == 0 }

    /// - Parameter message: what a failure said.
    mutating func note(
        _ sign: VitalSign,
        saying message: String? = nil,
        by request: RequestID,
        at now: Duration
    ) -> Change? {
        switch sign {
        case .answered:
            defer { self = Vitals(limits: limits) }
            return isPaused ? .opened : nil
        case .failed:
            lastFailure = message
            if let pause {
                if let sufferer = pause.sufferer, sufferer != request {
                    self.pause?.sufferer = nil
                    return .paused
                }
                probeFailed(request, at: now)
                return nil
            }
            sufferer = failures == 0 || sufferer == request ? request : nil
            failures += 1
            let since = failingSince ?? now
            failingSince = since
            guard failures >= limits.failures, now - since >= limits.leastSpan else { return nil }
            pause = Pause(length: limits.firstPause, nextProbe: now + limits.firstPause, sufferer: sufferer)
            return sufferer == nil ? .paused : .pausedForOne
        }
    }

    func isPaused(for request: RequestID) -> Bool {
        guard let pause else { return false }
        return pause.sufferer == nil || pause.sufferer == request
    }

    /// Whether the request may call the resource.
    func admits(_ request: RequestID) -> Bool {
        !isPaused(for: request) || pause?.probe?.request == request
    }

    /// Whether the request could be the probe now.
    func wantsProbe(_ request: RequestID, at now: Duration) -> Bool {
        guard let pause, isPaused(for: request) else { return false }
        if let probe = pause.probe, probe.request != request, now < probe.until { return false }
        return now >= pause.nextProbe
    }

    mutating func probe(by request: RequestID, at now: Duration) {
        if pause?.lastProber != request { pause?.failedProbes = 0 }
        pause?.probe = Probe(request: request, until: now + limits.probePatience)
        pause?.lastProber = request
    }

    /// The request does not call the resource any more.
    mutating func leave(_ request: RequestID) {
        guard pause?.probe?.request == request else { return }
        pause?.probe = nil
    }

    /// Whether the request was the last probe, and had better be the next one too. What fails again and again leaves
    /// that to others: it may be its own trouble.
    func wasProbed(by request: RequestID) -> Bool {
        guard let pause, pause.lastProber == request else { return false }
        return pause.sufferer == request || pause.failedProbes < limits.probesOfOne
    }

    /// `nil`: it is not paused.
    func report(at now: Duration) -> PauseReport? {
        guard let pause else { return nil }
        return PauseReport(
            age: now - (failingSince ?? now),
            lastFailure: lastFailure,
            prober: pause.probe.flatMap { now < $0.until ? $0.request : nil },
            untilProbe: max(.zero, pause.nextProbe - now),
            sufferer: pause.sufferer
        )
    }

    private mutating func probeFailed(_ request: RequestID, at now: Duration) {
        guard var pause, pause.probe?.request == request else { return }
        pause.length = min(pause.length * 2, limits.longestPause)
        pause.nextProbe = now + pause.length
        pause.probe = nil
        pause.failedProbes += 1
        self.pause = pause
    }
}
