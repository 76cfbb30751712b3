/// Tasks that wait for their turn, first come, first served; leaving early costs no more than staying.
struct WaitingLine: Sendable {
    typealias Ticket = UInt64
    /// Resumed with whether the turn has come; if not, the limit has.
    typealias Waiter = CheckedContinuation<Bool, any Error>

    private struct Place {
        let waiter: Waiter
        let limit: Duration?
    }

    private var waiters: [Ticket: Place] = [:]
    /// Tickets in order; those without a waiter have left. Everything before `first` is done with.
    private var order: [Ticket] = []
    private var first = 0
    private var nextTicket: Ticket = 0

    var count: Int { waiters.count }

    mutating func makeTicket() -> Ticket {
        defer { nextTicket += 1 }
        return nextTicket
    }

    /// - Parameter limit: when the waiter no longer wants its turn.
    mutating func append(_ waiter: Waiter, ticket: Ticket, limit: Duration?) {
        waiters[ticket] = Place(waiter: waiter, limit: limit)
        order.append(ticket)
    }

    /// Takes out those whose limit has come, in their order.
    mutating func removeLate(at now: Duration) -> [Waiter] {
        let late = order[first...].compactMap { ticket -> Waiter? in
            guard let limit = waiters[ticket]?.limit, limit <= now else { return nil }
            return waiters.removeValue(forKey: ticket)?.waiter
        }
        compact()
        return late
    }

    mutating func popFirst() -> Waiter? {
        while first < order.count {
            let ticket = order[first]
            first += 1
            if let place = waiters.removeValue(forKey: ticket) {
                compact()
                return place.waiter
            }
        }
        compact()
        return nil
    }

    mutating func remove(_ ticket: Ticket) -> Waiter? {
        let place = waiters.removeValue(forKey: ticket)
        compact()
        return place?.waiter
    }

    /// Drops what is done with once it is the larger part, so that each ticket is moved once on average.
    private mutating func compact() {
        guard order.count > 32, order.count > 2 * waiters.count else { return }
        order = order[first...].filter { waiters[$0] != nil }
        first = 0
    }
}
