import Synchronization

/// A fixed number of places for running requests. Whoever comes back to a request that is already under way is let in
/// before whoever brings a new one; within each, first come, first served.
package final class Slots: Sendable {
    package enum Priority: CaseIterable, Sendable {
        case resumed, new
    }

    private enum Admission {
        case admitted, waiting, cancelled
    }

    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var free: Int
        var nextTicket = 0
        var waiting: [Int: Waiter] = [:]
        /// Tickets in their order; some are of waiters who have gone.
        var lines: [Priority: ArraySlice<Int>] = [.resumed: [], .new: []]

        mutating func takeNext() -> Waiter? {
            for priority in Priority.allCases {
                while let ticket = lines[priority]?.popFirst() {
                    if let waiter = waiting.removeValue(forKey: ticket) { return waiter }
                }
            }
            return nil
        }
    }

    package let count: Int
    private let state: Mutex<State>

    package init(count: Int) {
        precondition(count > 0, "a worker without slots would never do anything")
        self.count = count
        state = Mutex(State(free: count))
    }

    package var occupied: Int { count - state.withLock(\.free) }

    package var waiting: Int { state.withLock(\.waiting.count) }

    /// Takes a place, waiting for one if need be.
    /// - Throws: `CancellationError`.
    package func enter(_ priority: Priority) async throws {
        try Task.checkCancellation()
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let admission: Admission = state.withLock { state in
                    // Set before the handler below runs: whichever of the two comes first, one of them sees it.
                    if Task.isCancelled { return .cancelled }
                    if state.free > 0 {
                        state.free -= 1
                        return .admitted
                    }
                    state.waiting[ticket] = continuation
                    state.lines[priority]?.append(ticket)
                    return .waiting
                }
                switch admission {
                case .admitted: continuation.resume()
                case .cancelled: continuation.resume(throwing: CancellationError())
                case .waiting: break
                }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiting.removeValue(forKey: ticket) }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Gives a place back; the next in line gets it.
    package func leave() {
        let next: Waiter? = state.withLock { state in
            if let next = state.takeNext() { return next }
            state.free += 1
            precondition(state.free <= count, "a slot was given back twice")
            return nil
        }
        next?.resume()
    }
}
