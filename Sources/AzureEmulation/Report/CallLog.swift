/// The last calls, in the order of their arrival, for who wants to know when each request was last worked on.
struct CallLog: Sendable {
    /// Calls kept; older ones are forgotten.
    static let kept = 200_000
    /// Calls told at once.
    static let page = 20_000

    struct Entry: Sendable {
        let arrival: Moment
        let resource: String
        let call: String
        let clientRequestID: String?
    }

    /// How many have been forgotten.
    private var forgotten = 0
    private var entries: [Entry] = []

    mutating func add(_ entry: Entry) {
        entries.append(entry)
        // In large pieces, so that a call costs no move of all that is kept.
        guard entries.count >= 2 * Self.kept else { return }
        entries.removeFirst(Self.kept)
        forgotten += Self.kept
    }

    /// Calls from the given number on, as many as go on a page, and the number to ask for next.
    func report(from number: Int) -> JSON {
        let first = min(max(number - forgotten, 0), entries.count)
        let end = min(first + Self.page, entries.count)
        return [
            "next": .count(forgotten + end),
            "calls": .array(
                entries[first..<end].map { entry in
                    [
                        "at": .string(entry.arrival.sevenDigits), "resource": .string(entry.resource),
                        "call": .string(entry.call), "clientRequestID": .text(entry.clientRequestID),
                    ]
                }
            ),
        ]
    }
}
