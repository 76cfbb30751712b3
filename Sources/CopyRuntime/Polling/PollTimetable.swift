import AMQP
package import CopyDomain
import Synchronization

/// Says when each running copy is asked for its progress.
///
/// Every copy has its own place on a grid of one period: a poll that is late does not move the next one, and polls
/// that were missed are skipped, never bunched. The period of a copy is the configured one, or longer where a
/// resource has more copies than its budget of status calls allows to be asked in that time.
package final class PollTimetable: Sendable {
    /// Due times are rounded up to this, so that one waking serves all copies of the moment.
    private static let grain: Duration = .milliseconds(5)

    private struct Entry {
        let resource: ResourceName
        /// When the copy was last due; `nil` before its first turn.
        var due: Duration?
    }

    private struct Waiter {
        let due: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var entries: [RequestID: Entry] = [:]
        var copies: [ResourceName: Int] = [:]
        var waiting: [Int: Waiter] = [:]
        /// (due, ticket) of those who wait, soonest first.
        var order = Heap<Turn>()
        var nextTicket = 0
        var sleepingUntil: Duration?
        var worstLateness: Duration = .zero
    }

    private struct Turn: Comparable {
        let due: Duration
        let ticket: Int

        static func < (left: Turn, right: Turn) -> Bool {
            (left.due, left.ticket) < (right.due, right.ticket)
        }
    }

    private let period: Duration
    private let statusCalls: @Sendable (ResourceName) -> Double?
    private let surroundings: Surroundings
    private let state = Mutex(State())
    private let sooner = Signal()

    /// - Parameter statusCalls: how many status calls a second a resource's budget allows; `nil`: no limit.
    package init(
        period: Duration,
        statusCalls: @escaping @Sendable (ResourceName) -> Double?,
        surroundings: Surroundings
    ) {
        self.period = period
        self.statusCalls = statusCalls
        self.surroundings = surroundings
    }

    /// The longest that a copy waited beyond its turn since this was last asked.
    package func takeWorstLateness() -> Duration {
        state.withLock { state in
            defer { state.worstLateness = .zero }
            return state.worstLateness
        }
    }

    /// Puts a copy on the timetable, as long as `leave` is not called. Entering again keeps its place; the resource is
    /// the one that is asked from now on.
    func enter(_ copy: RequestID, resource: ResourceName) {
        state.withLock { state in
            let before = state.entries[copy]
            guard before?.resource != resource else { return }
            if let before { state.copies[before.resource, default: 1] -= 1 }
            state.entries[copy] = Entry(resource: resource, due: before?.due)
            state.copies[resource, default: 0] += 1
        }
    }

    func leave(_ copy: RequestID) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: copy) else { return }
            state.copies[entry.resource, default: 1] -= 1
        }
    }

    /// Waits for the copy's next turn, but not beyond `limit`.
    /// - Throws: `CancellationError`.
    func turn(of copy: RequestID, limit: Duration) async throws {
        try Task.checkCancellation()
        let now = surroundings.uptime()
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (isCancelled, isSooner) = state.withLock { state in
                    // Set before the handler below runs: whichever of the two comes first, one of them sees it.
                    if Task.isCancelled { return (true, false) }
                    let due = min(nextDue(of: copy, now: now, in: &state), now + limit)
                    state.waiting[ticket] = Waiter(due: due, continuation: continuation)
                    state.order.insert(Turn(due: due, ticket: ticket))
                    return (false, state.sleepingUntil.map { due < $0 } ?? true)
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
                if isSooner { sooner.ring() }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiting.removeValue(forKey: ticket) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Calls the turns, until cancelled.
    package func run() async {
        while !Task.isCancelled {
            let next = callTurns()
            await sleep(until: next)
        }
    }

    /// Resumes everybody who is due.
    /// - Returns: when the next one is.
    private func callTurns() -> Duration? {
        let now = surroundings.uptime()
        let (ready, next) = state.withLock { state in
            var ready: [Waiter] = []
            while let turn = state.order.first, turn.due <= now {
                state.order.removeFirst()
                guard let waiter = state.waiting.removeValue(forKey: turn.ticket) else { continue }
                state.worstLateness = max(state.worstLateness, now - waiter.due)
                ready.append(waiter)
            }
            state.sleepingUntil = state.order.first?.due
            return (ready, state.sleepingUntil)
        }
        for waiter in ready { waiter.continuation.resume() }
        return next
    }

    private func sleep(until due: Duration?) async {
        let surroundings = surroundings
        let sooner = sooner
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await sooner.wait() }
            if let due {
                group.addTask { try? await surroundings.sleep(due - surroundings.uptime()) }
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func nextDue(of copy: RequestID, now: Duration, in state: inout State) -> Duration {
        guard let entry = state.entries[copy] else { return now }
        let period = self.period(of: entry.resource, in: state)
        let due: Duration
        if let last = entry.due {
            let missed = max(0, ((now - last) / period).rounded(.down))
            due = last + period * (missed + 1)
        } else {
            // The first turn falls anywhere in the first period, so that copies which begin together spread out.
            due = now + period * surroundings.random()
        }
        let grains = (due / Self.grain).rounded(.up)
        state.entries[copy]?.due = due
        return Self.grain * grains
    }

    private func period(of resource: ResourceName, in state: State) -> Duration {
        guard let calls = statusCalls(resource), calls > 0 else { return period }
        return max(period, .seconds(1) * (Double(state.copies[resource, default: 1]) / calls))
    }
}
