package import AzureAI
package import CopyDomain
package import CopyJournal
import Synchronization

/// Sees what all workers save and send, and says what must never happen.
package final class Witness: JournalObserver {
    private struct State {
        var diary: [String] = []
        /// Requests whose last save names a call that has not been sent since.
        var intents: Set<RequestID> = []
        /// The call for which a request has taken its last permit.
        var permits: [RequestID: CopyCall] = [:]
        var violations: [String] = []
        var phases: [Phase] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var diary: [String] { state.withLock(\.diary) }
    /// The phases of all saves.
    package var phases: [Phase] { state.withLock(\.phases) }
    package var violations: [String] { state.withLock(\.violations) }

    package func note(_ entry: String) {
        state.withLock { $0.diary.append(entry) }
    }

    package func saved(_ checkpoint: Checkpoint, _ answer: Held, for lease: Lease) {
        let isIntent = checkpoint.machine.isIntent
        state.withLock { state in
            if answer == .held { state.phases.append(checkpoint.machine.phase) }
            state.diary.append(answer == .fenced ? "fenced" : isIntent ? "intent" : "save")
            if answer == .held, isIntent { state.intents.insert(lease.id) } else { state.intents.remove(lease.id) }
        }
    }

    package func finished(_ end: Finish, for lease: Lease) { note("finish") }
    package func learned(_ fact: LearnedFact, for lease: Lease) { note("learned") }

    /// A call of the request's was announced in the journal by somebody else than its run.
    package func intended(by request: RequestID) {
        state.withLock { _ = $0.intents.insert(request) }
    }

    package func permitted(_ call: CopyCall, of request: RequestID) {
        state.withLock { state in
            state.diary.append("permit \(call.name)")
            state.permits[request] = call
        }
    }

    package func sent(_ call: CopyCall, of request: RequestID, sendBefore: SendBefore?) {
        state.withLock { state in
            state.diary.append("send \(call.name)")
            if state.permits.removeValue(forKey: request) != call {
                state.violations.append("\(request.rawValue): \(call.name) was sent with the permit of another call")
            }
            guard call.hasSideEffect else { return }
            if state.intents.remove(request) == nil {
                state.violations.append("\(request.rawValue): \(call.name) was sent without a saved intent")
            }
            if sendBefore == nil { state.violations.append("\(call.name) has no moment to be sent before") }
        }
    }
}

extension CopyCall {
    /// Without ids and secrets.
    package var name: String {
        switch self {
        case .formRecognizer(let call):
            switch call {
            case .getSourceModel: "source"
            case .getTargetSummary: "room"
            case .authorizeCopy: "authorize"
            case .startCopy: "copy"
            case .getCopyResult: "result"
            case .getTargetModel: "model"
            case .listTargetModels: "models"
            case .deleteTargetModel: "delete model"
            }
        case .documentIntelligence(let call):
            switch call {
            case .getSource: "source"
            case .getTargetInfo: "room"
            case .getTarget: "target"
            case .authorizeCopy: "authorize"
            case .startCopy: "copy"
            case .getOperation: "result"
            case .listOperations: "operations"
            case .deleteTarget: "delete target"
            }
        case .customVision(let call):
            switch call {
            case .getSourceProject, .listSourceProjects: "source"
            case .measureProject: "measure"
            case .exportProject: "export"
            case .importProject: "import"
            case .getTargetProject: "project"
            case .listTargetProjects: "projects"
            case .renameTargetProject: "rename"
            case .deleteTargetProject: "delete project"
            }
        }
    }
}
