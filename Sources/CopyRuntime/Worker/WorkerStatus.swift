import Synchronization

/// What keeps a worker from working, by subject, for readiness and logs.
package final class Troubles: Sendable {
    package enum Subject: String, CaseIterable, Sendable {
        case journal, results, queues, drain
    }

    private let reasons = Mutex<[Subject: String]>([:])

    package init() {}

    /// - Returns: whether this is news.
    @discardableResult
    func set(_ subject: Subject, _ reason: String?) -> Bool {
        reasons.withLock { reasons in
            defer { reasons[subject] = reason }
            return reasons[subject] != reason
        }
    }

    package var all: [String] {
        reasons.withLock { reasons in Subject.allCases.compactMap { subject in reasons[subject] } }
    }
}

/// A worker's state at one moment.
package struct WorkerStatus: Sendable {
    /// Empty: ready.
    package var reasons: [String]
    package var running: Int
    package var waiting: Int
    package var slots: Int

    package var isReady: Bool { reasons.isEmpty }
}
