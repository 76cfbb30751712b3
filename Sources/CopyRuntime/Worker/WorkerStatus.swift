import Synchronization

/// What keeps a worker from working, by subject, for readiness and logs.
package final class Troubles: Sendable {
    package enum Subject: String, CaseIterable, Sendable {
        case journal, identity, results, queues, drain
    }

    private struct State {
        var reasons: [Subject: String] = [:]
        /// How many suffer from it, where they come and go one by one.
        var sufferers: [Subject: Int] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// - Returns: whether this is news.
    @discardableResult
    func set(_ subject: Subject, _ reason: String?) -> Bool {
        state.withLock { state in
            defer { state.reasons[subject] = reason }
            return state.reasons[subject] != reason
        }
    }

    /// One more suffers from this.
    /// - Returns: whether this is news.
    func enter(_ subject: Subject, _ reason: String) -> Bool {
        state.withLock { state in
            state.sufferers[subject, default: 0] += 1
            defer { state.reasons[subject] = reason }
            return state.reasons[subject] != reason
        }
    }

    /// One less suffers; the trouble is over with the last.
    /// - Returns: whether it is over.
    @discardableResult
    func leave(_ subject: Subject) -> Bool {
        state.withLock { state in
            state.sufferers[subject, default: 1] -= 1
            guard state.sufferers[subject] == 0 else { return false }
            state.reasons[subject] = nil
            return true
        }
    }

    package var all: [String] {
        state.withLock { state in Subject.allCases.compactMap { subject in state.reasons[subject] } }
    }
}

/// A worker's state at one moment.
package struct WorkerStatus: Sendable {
    /// Empty: ready.
    package var reasons: [String]
    /// What people should know although the worker works.
    package var notes: [String]
    package var running: Int
    package var waiting: Int
    package var slots: Int

    package var isReady: Bool { reasons.isEmpty }
}
