/// What a thread waits for before its next turn, besides jobs.
package struct IOWait: Hashable, Sendable {
    /// A descriptor whose readiness to be read ends the wait.
    package var descriptor: Int32?
    /// `nil`: without limit.
    package var limit: Duration?

    package init(descriptor: Int32? = nil, limit: Duration? = nil) {
        self.descriptor = descriptor
        self.limit = limit
    }

    package static let untilWoken = IOWait()
    package static let not = IOWait(limit: .zero)
}

extension IOWait {
    /// The limit as poll(2) takes it; -1 is none.
    ///
    /// Rounded up: a wait of 0.3 ms that became 0 would spin until it is over.
    package var milliseconds: Int32 {
        guard let limit else { return -1 }
        guard limit > .zero else { return 0 }
        let (seconds, attoseconds) = limit.components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        let attosecondsPerMillisecond: Int64 = 1_000_000_000_000_000
        return Int32(seconds * 1000 + (attoseconds + attosecondsPerMillisecond - 1) / attosecondsPerMillisecond)
    }
}
