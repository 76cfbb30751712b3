/// The number of a copy or an import in the ledger.
struct CopyNumber: Sendable, Hashable, Comparable {
    let value: Int

    static func < (left: CopyNumber, right: CopyNumber) -> Bool {
        left.value < right.value
    }
}

/// What is written down about one copy or import.
package struct CopyRecord: Sendable {
    package enum Kind: String, Sendable {
        case documentModel = "document-model"
        case documentClassifier = "document-classifier"
        case visionProject = "vision-project"
    }

    package enum Status: String, Sendable {
        case running, succeeded, failed
        /// It will never end.
        case stuck
    }

    package let kind: Kind
    /// `resource/id`
    package let source: String
    /// `resource/id`
    package let target: String
    package let clientRequestID: String?
    package let startedAt: Moment
    package internal(set) var status = Status.running
    /// Whether the caller allowed the copy to be less protected than its source.
    package internal(set) var mayDegrade = false
    package internal(set) var endedAt: Moment?
    package private(set) var polls = 0
    /// Microseconds between the arrivals of successive polls.
    private(set) var gaps: [Int32] = []
    private var lastPoll: Moment?
    /// Whether a poll was answered with the end.
    package internal(set) var endSeen = false

    init(kind: Kind, source: String, target: String, clientRequestID: String?, startedAt: Moment) {
        self.kind = kind
        self.source = source
        self.target = target
        self.clientRequestID = clientRequestID
        self.startedAt = startedAt
    }

    mutating func polled(at arrival: Moment) {
        polls += 1
        if let lastPoll {
            gaps.append(Int32(clamping: (arrival.nanoseconds - lastPoll.nanoseconds) / 1_000))
        }
        lastPoll = arrival
    }

    mutating func forgetPolls() {
        polls = 0
        gaps = []
        lastPoll = nil
    }
}
