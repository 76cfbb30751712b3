/// Everything that one request will meet.
struct FaultPlan: Sendable, Equatable {
    var steering = Steering()
    var answerLost = false
    private var delays: [Stage: Double] = [:]
    private var holds: [Stage: HoldRelease] = [:]
    private var refusals: [Stage: Refusal] = [:]

    enum Refusal: Sendable, Equatable {
        case reset
        case gateway(GatewayRefusal)
    }

    /// Milliseconds to wait at `stage`.
    func delay(_ stage: Stage) -> Double? { delays[stage] }

    /// Whether to hold at `stage`, and what comes after.
    func hold(_ stage: Stage) -> HoldRelease? { holds[stage] }

    /// What is answered at `stage` instead of the truth.
    func refusal(_ stage: Stage) -> Refusal? { refusals[stage] }

    mutating func add(_ rule: FaultRule) {
        switch rule.fault {
        case .throttle: refusals[.beforeWork] = .gateway(.throttled(retryAfter: rule.retryAfter))
        case .error500: refusals[rule.when] = .gateway(.internalError)
        case .error503: refusals[rule.when] = .gateway(.unavailable)
        case .gone: refusals[.beforeWork] = .gateway(.retired)
        case .notFound: refusals[.beforeWork] = .gateway(.notFound)
        case .reset: refusals[.beforeWork] = .reset
        case .answerLost: answerLost = true
        case .slow: delays[rule.when, default: 0] += rule.milliseconds
        case .copyFails: steering.copyFails = true
        case .copyInternalError: steering.copyEnd = .internalError
        case .copyCanceled: steering.copyEnd = .canceled
        case .copySkipped: steering.copyEnd = .skipped
        case .early404: steering.operationHidden = true
        case .foreignLocation: steering.location = .foreignHost
        case .otherCaseLocation: steering.location = .otherCase
        case .otherVersionLocation: steering.location = .otherVersion
        case .importFails:
            steering.importFails = true
            steering.importSeconds = rule.seconds
        case .importStuck: steering.importStuck = true
        case .hold: holds[rule.when] = rule.then
        }
    }
}
