import AMQP
import CopyDomain
import Synchronization

/// Sees to it that no delivery is held for too long, wherever it is held: in a run, before a slot, before the gate, for
/// the journal.
///
/// When a delivery's time has come, whoever holds it is asked to give it back. If that takes longer than a minute, it
/// is taken away.
final class HoldWatch: Sendable {
    /// What may take longer than a delivery is to be held: a call under way, a journal that is away.
    static let reminder: Duration = .seconds(60)
    /// Below this the terms of deliveries that were settled long before are not worth being cleared away.
    private static let slack = 1024

    private struct Hold {
        let delivery: Delivery
        var control: RunControl
        var due: Duration
        var isAsked = false
        /// Whose run has it; `nil`: it only waits.
        var request: RequestID?
    }

    private struct Term: Comparable {
        let due: Duration
        let id: DeliveryID

        static func < (left: Term, right: Term) -> Bool {
            (left.due, left.id.epoch, left.id.tag) < (right.due, right.id.epoch, right.id.tag)
        }
    }

    private struct State {
        var holds: [DeliveryID: Hold] = [:]
        /// Soonest first; those without a hold, or with another time, are past.
        var terms = Heap<Term>()
        var termCount = 0
        var sleepingUntil: Duration?

        mutating func insert(_ term: Term) {
            terms.insert(term)
            termCount += 1
        }

        mutating func clear() {
            guard termCount > 2 * holds.count + HoldWatch.slack else { return }
            terms = Heap()
            termCount = 0
            for (id, hold) in holds { insert(Term(due: hold.due, id: id)) }
        }
    }

    private let limit: Duration
    private let spread: Double
    private let surroundings: Surroundings
    private let state = Mutex(State())
    private let sooner = Signal()

    /// - Parameter spread: the part of the limit by which it is more or less, so that not all come at once.
    init(limit: Duration, spread: Double, surroundings: Surroundings) {
        self.limit = limit
        self.spread = spread
        self.surroundings = surroundings
    }

    /// - Parameter control: of whoever deals with the delivery.
    func enter(_ delivery: Delivery, _ control: RunControl) {
        let share = 1 + spread * (2 * surroundings.random() - 1)
        let due = surroundings.uptime() + limit * share
        let isSooner = state.withLock { state in
            state.holds[delivery.id] = Hold(delivery: delivery, control: control, due: due)
            state.insert(Term(due: due, id: delivery.id))
            state.clear()
            return state.sleepingUntil.map { due < $0 } ?? true
        }
        if isSooner { sooner.ring() }
    }

    /// The delivery is the run's from now on.
    func follow(_ id: DeliveryID, _ request: RequestID, _ control: RunControl) {
        state.withLock { state in
            state.holds[id]?.control = control
            state.holds[id]?.request = request
        }
    }

    func leave(_ id: DeliveryID) {
        state.withLock { $0.holds[id] = nil }
    }

    /// The connection is lost: its deliveries are nobody's to give back. Whoever waits with one need not wait any more.
    func forget(through epoch: UInt64) {
        let waiting = state.withLock { state in
            let gone = state.holds.filter { $0.key.epoch <= epoch }
            for id in gone.keys { state.holds[id] = nil }
            return gone.filter { $0.value.request == nil }
                .sorted { ($0.key.epoch, $0.key.tag) < ($1.key.epoch, $1.key.tag) }
                .map(\.value.control)
        }
        for control in waiting { control.ask(.handBack(.holdLimit)) }
    }

    /// Asks for what is due, until cancelled.
    /// - Parameter take: gets what a run was asked for in vain.
    func run(taking take: @escaping @Sendable (Delivery, RequestID) async -> Void) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let (asked, overdue, next) = callDue()
                for control in asked { control.ask(.handBack(.holdLimit)) }
                for (delivery, request) in overdue { group.addTask { await take(delivery, request) } }
                await sooner.wait(atMost: next.map { $0 - surroundings.uptime() }, surroundings)
            }
            group.cancelAll()
        }
    }

    private func callDue() -> (asked: [RunControl], overdue: [(Delivery, RequestID)], next: Duration?) {
        let now = surroundings.uptime()
        return state.withLock { state in
            var asked: [RunControl] = []
            var overdue: [(Delivery, RequestID)] = []
            while let term = state.terms.first, term.due <= now {
                state.terms.removeFirst()
                state.termCount -= 1
                guard var hold = state.holds[term.id], hold.due == term.due else { continue }
                switch (hold.isAsked, hold.request) {
                case (false, _): asked.append(hold.control)
                case (true, let request?): overdue.append((hold.delivery, request))
                case (true, nil): break
                }
                hold.isAsked = true
                hold.due = now + Self.reminder
                state.holds[term.id] = hold
                state.insert(Term(due: hold.due, id: term.id))
            }
            state.sleepingUntil = state.terms.first?.due
            return (asked, overdue, state.sleepingUntil)
        }
    }
}
