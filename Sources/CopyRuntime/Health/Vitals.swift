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
        /// A probe that has not called the resource by then is not waited for.
        var probePatience: Duration = .seconds(60)
    }

    enum Change: Equatable, Sendable {
        case paused, opened
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
    }

    private let limits: Limits
    private var failures = 0
    private var failingSince: Duration?
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
            if pause != nil {
                probeFailed(request, at: now)
                return nil
            }
            failures += 1
            let since = failingSince ?? now
            failingSince = since
            guard failures >= limits.failures, now - since >= limits.leastSpan else { return nil }
            pause = Pause(length: limits.firstPause, nextProbe: now + limits.firstPause)
            return .paused
        }
    }

    /// Whether the request may call the resource.
    func admits(_ request: RequestID) -> Bool {
        guard let pause else { return true }
        return pause.probe?.request == request
    }

    /// Whether the request could be the probe now.
    func wantsProbe(_ request: RequestID, at now: Duration) -> Bool {
        guard let pause else { return false }
        if let probe = pause.probe, probe.request != request, now < probe.until { return false }
        return now >= pause.nextProbe
    }

    mutating func probe(by request: RequestID, at now: Duration) {
        pause?.probe = Probe(request: request, until: now + limits.probePatience)
        pause?.lastProber = request
    }

    /// The request does not call the resource any more.
    mutating func leave(_ request: RequestID) {
        guard pause?.probe?.request == request else { return }
        pause?.probe = nil
    }

    func wasProbed(by request: RequestID) -> Bool {
        pause?.lastProber == request
    }

    /// `nil`: it is not paused.
    func report(at now: Duration) -> PauseReport? {
        guard let pause else { return nil }
        return PauseReport(
            age: now - (failingSince ?? now),
            lastFailure: lastFailure,
            prober: pause.probe.flatMap { now < $0.until ? $0.request : nil },
            untilProbe: max(.zero, pause.nextProbe - now)
        )
    }

    private mutating func probeFailed(_ request: RequestID, at now: Duration) {
        guard var pause, pause.probe?.request == request else { return }
        pause.length = min(pause.length * 2, limits.longestPause)
        pause.nextProbe = now + pause.length
        pause.probe = nil
        self.pause = pause
    }
}
