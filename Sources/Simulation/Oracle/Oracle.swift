import CopyDomain
import CopyJournal
import CopyRuntime
import Synchronization

/// Sees everything that passes over broker, journal and wire, and says what must never happen. It shares no code with
/// the workers, and believes the emulator, the broker and the journal's answers rather than them.
final class Oracle: Sendable {
    /// The queues whose messages are somebody's work.
    static let names = BrokerNames()
    static let work: Set<String> = [
        names.requests, names.resume, names.retry, names.longRetry, names.dead,
    ]

    /// What is known of one request.
    struct Record {
        var epoch: Int64 = 0
        var owner: OwnerID?
        var intent: Intent?
        /// When the janitor announced a call.
        var janitorIntent: Duration?
        var outcome: StoredOutcome?
        var outcomeConfirmed: Duration?
        /// When a message that carries the request on was last confirmed.
        var carriedOn: Duration?
        /// Moments of its last polls, by worker.
        var polls: [String: [Duration]] = [:]
    }

    /// A call that was saved before it is sent.
    struct Intent {
        let epoch: Int64
        let owner: OwnerID
        let savedAt: Duration
    }

    /// What is known of one message.
    struct Letter {
        let submission: Submission
        var parked: Duration?
    }

    struct State {
        var records: [RequestID: Record] = [:]
        var letters: [String: Letter] = [:]
        /// Rejections that were published.
        var rejections = 0
        var violations: [Violation] = []
        /// Texts that anybody may read.
        var published: [[UInt8]] = []
    }

    /// How long a delivery may be held without being settled.
    let longestHold: Duration
    let clock: SimulatedClock
    let chronicle: Chronicle
    let state = Mutex(State())

    init(_ submissions: [Submission], longestHold: Duration, clock: SimulatedClock, chronicle: Chronicle) {
        self.longestHold = longestHold
        self.clock = clock
        self.chronicle = chronicle
        state.withLock { state in
            for submission in submissions {
                state.letters[submission.messageID] = Letter(submission: submission)
            }
        }
    }

    var violations: [Violation] { state.withLock(\.violations) }

    func violated(_ checker: Checker, _ what: String) {
        let violation = Violation(checker: checker, what: what, at: clock.elapsed)
        chronicle.write("oracle", "!! \(violation)")
        state.withLock { $0.violations.append(violation) }
    }

    /// Somebody logged a line.
    func logged(_ line: [UInt8]) {
        state.withLock { $0.published.append(line) }
    }

    /// Requests without an outcome that somebody confirmed.
    var unended: [RequestID] {
        state.withLock { state in
            let requests = Set(
                state.letters.values.filter { $0.submission.fate != .refusal }.compactMap(\.submission.request)
            )
            return requests.filter { state.records[$0]?.outcomeConfirmed == nil }.sorted { $0.rawValue < $1.rawValue }
        }
    }
}
