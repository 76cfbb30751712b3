import Synchronization

/// Every request that workers sent to Azure, with its answer, in the order of sending.
final class CallLog: Sendable {
    struct Entry: Hashable, Sendable {
        /// Since the clock stood at zero.
        let sentAt: Duration
        let host: String
        /// Method and path template.
        let label: String
        /// `nil`: no answer was heard.
        var status: Int?

        /// The first part of the host.
        var resource: String { String(host.prefix { $0 != "." }) }
        var isBetweenWestAndEast: Bool { ["west", "east"].contains(resource) }
        var hasSideEffect: Bool { !label.hasPrefix("GET ") }
    }

    private let state = Mutex<[Entry]>([])

    var entries: [Entry] { state.withLock(\.self) }

    /// Requests between west and east.
    var plot: [Entry] { entries.filter(\.isBetweenWestAndEast) }

    /// How many requests between west and east came before the one of this number.
    func place(of number: Int) -> Int {
        state.withLock { $0[..<number].count(where: \.isBetweenWestAndEast) }
    }

    /// - Returns: the entry's number.
    func sent(_ entry: Entry) -> Int {
        state.withLock { entries in
            entries.append(entry)
            return entries.count - 1
        }
    }

    func answered(_ number: Int, status: Int) {
        state.withLock { $0[number].status = status }
    }
}
