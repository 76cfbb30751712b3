package import CopyContract

/// What is known of the requests that somebody waits for.
package struct WaitBoard: Sendable {
    package enum State: Hashable, Sendable {
        case sending
        case sent
        case running(CopyEvent)
        /// Succeeded, failed, cancelled or checked.
        case ended(CopyEvent)
        case rejected(CopyEvent)
        /// The broker had no queue for it.
        case unroutable

        package var isFinal: Bool {
            switch self {
            case .sending, .sent, .running: false
            case .ended, .rejected, .unroutable: true
            }
        }
    }

    package struct Row: Sendable {
        package let label: String
        package fileprivate(set) var state: State

        fileprivate let id: String?
        fileprivate let digest: String
    }

    package private(set) var rows: [Row]
    private var rowsByID: [String: [Int]] = [:]
    private var rowsByDigest: [String: [Int]] = [:]
    private var open: Int

    package init(_ submissions: [Submission]) {
        rows = submissions.enumerated().map { index, submission in
            let label = submission.id ?? submission.messageID ?? "message \(index + 1)"
            return Row(label: label, state: .sending, id: submission.id, digest: submission.digest)
        }
        for (index, row) in rows.enumerated() {
            if let id = row.id { rowsByID[id, default: []].append(index) }
            rowsByDigest[row.digest, default: []].append(index)
        }
        open = rows.count
    }

    /// The broker confirmed the message, or found no queue for it.
    package mutating func published(_ index: Int, routed: Bool) {
        // Its first events may have come before the confirm.
        guard rows[index].state == .sending else { return }
        set(index, routed ? .sent : .unroutable)
    }

    /// Takes an event in and tells which rows it changed.
    ///
    /// A rejection counts only for the very bytes that it refuses: another message may bear the same id.
    package mutating func apply(_ event: CopyEvent) -> [Int] {
        let candidates: [Int]
        let state: State
        switch event.event {
        case .rejected:
            candidates = event.refusedDigest.flatMap { rowsByDigest[$0] } ?? []
            state = .rejected(event)
        case .succeeded, .failed, .cancelled, .checked:
            candidates = event.requestID.flatMap { rowsByID[$0] } ?? []
            state = .ended(event)
        case .accepted, .started, .progress:
            candidates = event.requestID.flatMap { rowsByID[$0] } ?? []
            state = .running(event)
        }
        let changed = candidates.filter { isNews(event, for: rows[$0].state) }
        for index in changed { set(index, state) }
        return changed
    }

    package var isComplete: Bool { open == 0 }

    /// The gravest of the rows' fates; a row without one counts as out of time.
    package var exitStatus: CommandStatus {
        if !isComplete { return .unreachable }
        var status = CommandStatus.success
        for row in rows {
            switch row.state {
            case .rejected, .unroutable: return .rejected
            case .ended(let event) where !event.isGood: status = .copyFailed
            case .ended, .sending, .sent, .running: break
            }
        }
        return status
    }

    private func isNews(_ event: CopyEvent, for state: State) -> Bool {
        switch state {
        case .sending, .sent: true
        // Events of two exchanges overtake each other.
        case .running(let last): (event.sequence ?? .max) > (last.sequence ?? -1)
        case .ended, .rejected, .unroutable: false
        }
    }

    private mutating func set(_ index: Int, _ state: State) {
        if state.isFinal { open -= 1 }
        rows[index].state = state
    }
}
