import CopyContract

/// Shows people how the requests they wait for get on.
package struct WaitDisplay: Sendable {
    package enum Style: Hashable, Sendable {
        /// One line per request that is kept up to date in place; lines of ended requests scroll away above.
        case live
        /// A line whenever something has changed.
        case plain
        /// The events themselves, one JSON object a line.
        case json
    }

    package struct Size: Hashable, Sendable {
        package let columns: Int
        package let rows: Int

        package init(columns: Int, rows: Int) {
            self.columns = columns
            self.rows = rows
        }
    }

    private let style: Style
    /// How many lines at the bottom of the terminal are ours to redraw.
    private var drawn = 0
    /// Rows whose end is on the screen already.
    private var shownEnds: Set<Int> = []
    private var lastLines: [Int: String] = [:]

    package init(_ style: Style) {
        self.style = style
    }

    /// What to print after an event has changed these rows.
    package mutating func changed(_ indexes: [Int], by received: ReceivedEvent, on board: WaitBoard, size: Size)
        -> String
    {
        guard !indexes.isEmpty else { return "" }
        switch style {
        case .live: return frame(board, size)
        case .plain:
            // The same may come more than once; only what differs is news.
            let event = received.event
            let news = "\(event.event.rawValue) \(event.phase ?? "") \(event.azureStatus ?? "")"
            let changed = indexes.filter { lastLines.updateValue(news, forKey: $0) != news }
            return changed.isEmpty ? "" : EventLine.full(event) + "\n"
        case .json: return received.json + "\n"
        }
    }

    /// What to print when anything else has changed, or time has passed.
    package mutating func refresh(_ board: WaitBoard, size: Size) -> String {
        switch style {
        case .live: frame(board, size)
        case .plain, .json: ""
        }
    }

    private mutating func frame(_ board: WaitBoard, _ size: Size) -> String {
        var text = drawn > 0 ? "\u{1B}[\(drawn)F" : ""
        text += "\u{1B}[J"
        var active: [String] = []
        for (index, row) in board.rows.enumerated() {
            let line = Self.line(row)
            if !row.state.isFinal {
                active.append(line)
            } else if shownEnds.insert(index).inserted {
                text += line + "\n"
            }
        }
        let room = max(1, size.rows - 2)
        if active.count > room {
            active = Array(active.prefix(room - 1)) + ["… and \(active.count - room + 1) more"]
        }
        for line in active { text += String(line.prefix(max(1, size.columns - 1))) + "\n" }
        drawn = active.count
        return text
    }

    private static func line(_ row: WaitBoard.Row) -> String {
        let (mark, text) =
            switch row.state {
            case .sending: (" ", "sending")
            case .sent: (" ", "waiting for a worker")
            case .running(let event): ("·", running(event))
            case .ended(let event) where event.event == .succeeded: ("✔", EventLine.summary(event))
            case .ended(let event), .rejected(let event):
                ("✘", "\(event.event.rawValue): \(EventLine.summary(event))")
            case .unroutable: ("✘", "the broker has no queue for it")
            }
        return "\(mark) \(Printable.line(row.label, limit: 128))  \(text)"
    }

    private static func running(_ event: CopyEvent) -> String {
        switch event.event {
        case .progress: EventLine.summary(event)
        case .accepted, .started, .succeeded, .failed, .cancelled, .checked, .rejected: event.event.rawValue
        }
    }
}
