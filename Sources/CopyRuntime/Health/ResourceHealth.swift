import CopyDomain
import Synchronization

/// Which resources keep failing: a circuit breaker for each. Requests of such a resource do not occupy slots: one at a
/// time is let through to find out whether it answers again.
final class ResourceHealth: Sendable {
    enum Admission: Equatable, Sendable {
        case open
        /// The request is the one that finds out; to be followed by ``ResourceHealth/leave(_:)``.
        case probe
        /// - Parameter probedBefore: it was the last one that found out, and had better be back soon.
        case paused(ResourceName, probedBefore: Bool)
    }

    private let limits: Vitals.Limits
    private let uptime: @Sendable () -> Duration
    private let paused: @Sendable (ResourceName) -> Void
    /// Without those that are sound.
    private let vitals = Mutex<[ResourceName: Vitals]>([:])

    /// - Parameter paused: told when a resource has just been paused for all requests.
    init(
        limits: Vitals.Limits,
        uptime: @escaping @Sendable () -> Duration,
        paused: @escaping @Sendable (ResourceName) -> Void
    ) {
        self.limits = limits
        self.uptime = uptime
        self.paused = paused
    }

    var pausedResources: [ResourceName] {
        vitals.withLock { vitals in vitals.filter(\.value.isPaused).keys.sorted { $0.rawValue < $1.rawValue } }
    }

    /// For people: what is paused, since when, why, and when it is tried again.
    var notes: [String] {
        let now = uptime()
        let reports = vitals.withLock { vitals in vitals.compactMapValues { $0.report(at: now) } }
        return reports.sorted { $0.key.rawValue < $1.key.rawValue }.map { name, report in
            let failure = report.lastFailure.map { " (\($0))" } ?? ""
            let probe =
                if let prober = report.prober {
                    "\(prober.rawValue) is finding out whether it answers again"
                } else if report.untilProbe > .zero {
                    "the next one is let through in \(report.untilProbe.inSeconds)"
                } else {
                    "the next one that comes is let through"
                }
            let waiting = report.sufferer.map { "\($0.rawValue) waits" } ?? "its requests wait"
            return "\(name.rawValue): keeps failing for \(report.age.inSeconds)\(failure); \(waiting), \(probe)"
        }
    }

    /// - Parameter message: what a failure said.
    func note(
        _ sign: VitalSign,
        saying message: String? = nil,
        of resource: ResourceName,
        by request: RequestID
    ) -> Vitals.Change? {
        let now = uptime()
        let change = vitals.withLock { vitals -> Vitals.Change? in
            if sign == .answered, vitals[resource] == nil { return nil }
            var vital = vitals[resource] ?? Vitals(limits: limits)
            let change = vital.note(sign, saying: message, by: request, at: now)
            vitals[resource] = vital.isSound ? nil : vital
            return change
        }
        if change == .paused { paused(resource) }
        return change
    }

    /// Lets a request in that names these resources, puts it off, or makes it the probe of all that are paused.
    func admit(_ request: RequestID, to resources: Set<ResourceName>) -> Admission {
        let now = uptime()
        return vitals.withLock { vitals in
            let ill = resources.filter { vitals[$0]?.isPaused(for: request) ?? false }
                .sorted { $0.rawValue < $1.rawValue }
            if ill.isEmpty { return .open }
            if let unwilling = ill.first(where: { vitals[$0]?.wantsProbe(request, at: now) == false }) {
                let probedBefore = ill.contains { vitals[$0]?.wasProbed(by: request) ?? false }
                return .paused(unwilling, probedBefore: probedBefore)
            }
            for resource in ill { vitals[resource]?.probe(by: request, at: now) }
            return .probe
        }
    }

    /// The first of the resources that the request may not call; `nil`: it may call all.
    func obstacle(for request: RequestID, among resources: Set<ResourceName>) -> ResourceName? {
        vitals.withLock { vitals in
            guard !vitals.isEmpty else { return nil }
            return resources.filter { vitals[$0]?.admits(request) == false }.min { $0.rawValue < $1.rawValue }
        }
    }

    /// Whether the request was the last one that found out about any of the resources.
    func hasProbed(_ request: RequestID, among resources: Set<ResourceName>) -> Bool {
        vitals.withLock { vitals in resources.contains { vitals[$0]?.wasProbed(by: request) ?? false } }
    }

    /// The request is not the probe of anything any more.
    func leave(_ request: RequestID) {
        vitals.withLock { vitals in
            for resource in vitals.keys { vitals[resource]?.leave(request) }
        }
    }
}
