import AzureAI
import CopyDomain
import Simulation
import Synchronization

/// Models, projects and copies as plain state, with faults to order. Shared by all workers.
final class TinyAzure: Sendable {
    enum Fault: Hashable, Sendable {
        case lostBefore, lostAfter, refused
        case throttled(Duration)
        case slow(Duration)
    }

    struct Item: Sendable {
        let id: String
        let request: RequestID
        let created: Timestamp
        var name: String
        /// When it is finished; `nil`: nothing was copied into it.
        var ready: Duration?
        /// What was copied into it failed.
        var isInvalid = false
    }

    struct State: Sendable {
        var items: [Item] = []
        var operations = 0
        var operationTargets: [String: String] = [:]
        var operationStarts: [String: Timestamp] = [:]
        var usedGrants: Set<String> = []
        var count = 0
        var finished: [RequestID: Set<String>] = [:]
        var violations: [String] = []
        var polls: [RequestID: [Duration]] = [:]
        /// Calls with a side effect that were carried out.
        var done: [String] = []
    }

    let clock: SimulatedClock
    let latency: Duration = .milliseconds(40)
    let copyTime: Duration
    let faults: @Sendable (CopyCall, RequestID) -> Fault?
    let permitDelay: @Sendable (CopyCall) -> Duration
    let state = Mutex(State())

    init(
        clock: SimulatedClock,
        permitDelay: @escaping @Sendable (CopyCall) -> Duration,
        copyTime: Duration = .seconds(3),
        faults: @escaping @Sendable (CopyCall, RequestID) -> Fault? = { _, _ in nil }
    ) {
        self.clock = clock
        self.permitDelay = permitDelay
        self.copyTime = copyTime
        self.faults = faults
    }

    var violations: [String] { state.withLock(\.violations) }
    var done: [String] { state.withLock(\.done) }

    /// Finished targets that a request has now.
    func targets(of request: RequestID) -> [String] {
        let now = clock.elapsed
        return state.withLock { state in
            state.items.filter { $0.request == request && ($0.ready.map { $0 <= now } ?? false) }.map(\.id)
        }
    }

    /// Everything that a request has made and that is there now.
    func items(of request: RequestID) -> [String] {
        state.withLock { state in state.items.filter { $0.request == request }.map(\.id) }
    }

    /// Something that comes about without a call.
    func add(_ id: String, for request: String, name: String = "", created: Timestamp) {
        guard let request = RequestID(rawValue: request) else { return }
        state.withLock { $0.items.append(Item(id: id, request: request, created: created, name: name, ready: nil)) }
    }

    func spoil(_ id: String) {
        state.withLock { state in
            for index in state.items.indices where state.items[index].id == id { state.items[index].isInvalid = true }
        }
    }

    func remove(_ id: String) {
        state.withLock { state in state.items.removeAll { $0.id == id } }
    }

    func carryOut(_ call: CopyCall, of request: CopyRequest) -> Result<CopyAnswer, CallFailure> {
        let now = clock.elapsed
        return state.withLock { state in
            if call.hasSideEffect { state.done.append("\(request.id.rawValue): \(call.name)") }
            switch call {
            case .formRecognizer(let call):
                return state.serve(call, of: request.id, at: now, copyTime: copyTime).map(CopyAnswer.formRecognizer)
            case .documentIntelligence(let call):
                return state.serve(call, of: request, at: now, copyTime: copyTime)
                    .map(CopyAnswer.documentIntelligence)
            case .customVision(let call):
                return state.serve(call, of: request.id, at: now, copyTime: copyTime).map(CopyAnswer.customVision)
            }
        }
    }
}

extension CallFailure {
    static func test(_ fate: CallFate, _ code: FailureCode = .azureUnavailable) -> CallFailure {
        CallFailure(fate: fate, code: code, message: "a fault was ordered", azure: nil)
    }
}
