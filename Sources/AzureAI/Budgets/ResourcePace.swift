import Synchronization

/// The order and the spacing in which the calls of one resource go out.
///
/// Each budget class has a lane. The task at the head of a lane sleeps until the next place is free, goes, and hands the
/// lead to the next, so there is one timer per lane however many wait: a timer per call would outlive it, because the
/// system keeps a cancelled one until its time. Only heads compete for the places of the whole resource; a paused lane
/// takes none of them.
final class ResourcePace: Sendable {
    /// How exactly limits are kept by those who wait behind the head.
    static let limitGrain: Duration = .seconds(1)

    fileprivate struct Lane {
        var pace: Pace
        var pausedUntil: Duration = .zero
        /// When the head looks next for those in the line whose limit has come.
        var nextLook: Duration = .zero
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
        _ = try await turn(of: budgetClass, limit: nil)
    }

    /// Waits for a place in the class's budget and for the end of its pause, but not beyond a limit.
    /// - Returns: whether the place came first. The limit's end may be told late by ``limitGrain``.
    func turn(of budgetClass: BudgetClass, within limit: Duration) async throws(CancellationError) -> Bool {
        try await turn(of: budgetClass, limit: timeline.now() + limit)
    }

    private func turn(of budgetClass: BudgetClass, limit: Duration?) async throws(CancellationError) -> Bool {
        let lane = budgetClass.rawValue
        guard try await takeLead(of: lane, limit: limit) else { return false }
        defer { passLead(of: lane) }
        while true {
            guard !Task.isCancelled else { throw CancellationError() }
            let now = timeline.now()
            if let limit, limit <= now { return false }
            let (turn, late) = state.withLock { ($0.turn(of: lane, now: now), $0.late(in: lane, now: now)) }
            for waiter in late { waiter.resume(returning: false) }
            switch turn {
            case .go: return true
            case .waitUntil(let moment):
                try await timeline.sleep(until: min(moment, limit ?? moment, now + Self.limitGrain))
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

    /// - Returns: `false` when the limit came first.
    private func takeLead(of lane: Int, limit: Duration?) async throws(CancellationError) -> Bool {
        let ticket = state.withLock { state -> WaitingLine.Ticket? in
            guard state.lanes[lane].isLed else {
                state.lanes[lane].isLed = true
                return nil
            }
            return state.lanes[lane].line.makeTicket()
        }
        guard let ticket else { return true }
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { (waiter: WaitingLine.Waiter) in
                    enter(waiter, ticket: ticket, lane: lane, limit: limit)
                }
            } onCancel: {
                state.withLock { $0.lanes[lane].line.remove(ticket) }?.resume(throwing: CancellationError())
            }
        } catch {
            throw CancellationError()
        }
    }

    /// Joins the line unless the lead has become free, or the task was cancelled, since the ticket was drawn.
    private func enter(_ waiter: WaitingLine.Waiter, ticket: WaitingLine.Ticket, lane: Int, limit: Duration?) {
        enum Entry { case leads, waits, leaves }
        let entry = state.withLock { state -> Entry in
            // The flag is set before the cancellation handler runs, and the handler needs this lock: no gap.
            if Task.isCancelled { return .leaves }
            guard state.lanes[lane].isLed else {
                state.lanes[lane].isLed = true
                return .leads
            }
            state.lanes[lane].line.append(waiter, ticket: ticket, limit: limit)
            return .waits
        }
        switch entry {
        case .leads: waiter.resume(returning: true)
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
        next?.resume(returning: true)
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

    /// Those behind the head whose limit has come; looked for once per grain.
    fileprivate mutating func late(in lane: Int, now: Duration) -> [WaitingLine.Waiter] {
        guard now >= lanes[lane].nextLook else { return [] }
        lanes[lane].nextLook = now + ResourcePace.limitGrain
        return lanes[lane].line.removeLate(at: now)
    }

    fileprivate mutating func releaseCommonPlace(of lane: Int) {
        guard let place = lanes[lane].commonPlace else { return }
        common?.giveBack(place)
        lanes[lane].commonPlace = nil
    }
}
