import Synchronization

/// The order and the spacing in which the calls of one resource go out.
///
/// Each budget class has a lane. The task at the head of a lane sleeps until the next place is free, goes, and hands the
/// lead to the next, so there is one timer per lane however many wait. Only heads compete for the places of the whole
/// resource; a paused lane takes none of them.
final class ResourcePace: Sendable {
    fileprivate struct Lane {
        var pace: Pace
        var pausedUntil: Duration = .zero
        var isLed = false
        var line = WaitingLine()
        /// The place among all calls that the head has taken and not used yet.
        var commonPlace: Duration?
    }

    fileprivate struct State {
        var lanes: [Lane]
        var common: Pace?
    }

    fileprivate enum Turn {
        case go
        case waitUntil(Duration)
    }

    private let timeline: Timeline
    private let state: Mutex<State>

    init(_ budget: ResourceBudget, timeline: Timeline) {
        self.timeline = timeline
        let lanes = BudgetClass.allCases.map { Lane(pace: Pace(rate: $0.rate(in: budget))) }
        state = Mutex(State(lanes: lanes, common: budget.allCalls.map { Pace(rate: $0) }))
    }

    /// Waits for a place in the class's budget and for the end of its pause.
    func turn(of budgetClass: BudgetClass) async throws(CancellationError) {
        try await takeLead(of: budgetClass.rawValue)
        defer { passLead(of: budgetClass.rawValue) }
        while true {
            guard !Task.isCancelled else { throw CancellationError() }
            switch state.withLock({ $0.turn(of: budgetClass.rawValue, now: timeline.now()) }) {
            case .go: return
            case .waitUntil(let moment): try await timeline.sleep(until: moment)
            }
        }
    }

    /// Lets nothing of the class go out for a while: Azure asked for it. Other classes go on.
    func pause(_ budgetClass: BudgetClass, for duration: Duration) {
        let end = timeline.now() + duration
        state.withLock { state in
            state.lanes[budgetClass.rawValue].pausedUntil = max(state.lanes[budgetClass.rawValue].pausedUntil, end)
        }
    }

    /// How many wait behind the head of a lane.
    func waiting(in budgetClass: BudgetClass) -> Int {
        state.withLock { $0.lanes[budgetClass.rawValue].line.count }
    }

    private func takeLead(of lane: Int) async throws(CancellationError) {
        let ticket = state.withLock { state -> WaitingLine.Ticket? in
            guard state.lanes[lane].isLed else {
                state.lanes[lane].isLed = true
                return nil
            }
            return state.lanes[lane].line.makeTicket()
        }
        guard let ticket else { return }
        do {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { (waiter: WaitingLine.Waiter) in
                    enter(waiter, ticket: ticket, lane: lane)
                }
            } onCancel: {
                state.withLock { $0.lanes[lane].line.remove(ticket) }?.resume(throwing: CancellationError())
            }
        } catch {
            throw CancellationError()
        }
    }

    /// Joins the line unless the lead has become free, or the task was cancelled, since the ticket was drawn.
    private func enter(_ waiter: WaitingLine.Waiter, ticket: WaitingLine.Ticket, lane: Int) {
        enum Entry { case leads, waits, leaves }
        let entry = state.withLock { state -> Entry in
            // The flag is set before the cancellation handler runs, and the handler needs this lock: no gap.
            if Task.isCancelled { return .leaves }
            guard state.lanes[lane].isLed else {
                state.lanes[lane].isLed = true
                return .leads
            }
            state.lanes[lane].line.append(waiter, ticket: ticket)
            return .waits
        }
        switch entry {
        case .leads: waiter.resume()
        case .waits: break
        case .leaves: waiter.resume(throwing: CancellationError())
        }
    }

    private func passLead(of lane: Int) {
        let next = state.withLock { state -> WaitingLine.Waiter? in
            state.releaseCommonPlace(of: lane)
            guard let next = state.lanes[lane].line.popFirst() else {
                state.lanes[lane].isLed = false
                return nil
            }
            return next
        }
        next?.resume()
    }
}

extension ResourcePace.State {
    fileprivate mutating func turn(of lane: Int, now: Duration) -> ResourcePace.Turn {
        let ready = max(lanes[lane].pace.next, lanes[lane].pausedUntil)
        guard now >= ready else {
            releaseCommonPlace(of: lane)
            return .waitUntil(ready)
        }
        if common != nil {
            let place = lanes[lane].commonPlace ?? common?.take(at: now) ?? now
            guard now >= place else {
                lanes[lane].commonPlace = place
                return .waitUntil(place)
            }
            lanes[lane].commonPlace = nil
        }
        _ = lanes[lane].pace.take(at: now)
        return .go
    }

    fileprivate mutating func releaseCommonPlace(of lane: Int) {
        guard let place = lanes[lane].commonPlace else { return }
        common?.giveBack(place)
        lanes[lane].commonPlace = nil
    }
}
