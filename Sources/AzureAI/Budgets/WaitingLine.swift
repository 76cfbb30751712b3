/// Tasks that wait for their turn, first come, first served; leaving early costs no more than staying.
struct WaitingLine: Sendable {
    typealias Ticket = UInt64
    typealias Waiter = CheckedContinuation<Void, any Error>

    private var waiters: [Ticket: Waiter] = [:]
    /// Tickets in order; those without a waiter have left. Everything before `first` is done with.
    private var order: [Ticket] = []
    private var first = 0
    private var nextTicket: Ticket = 0

    var count: Int { waiters.count }

    mutating func makeTicket() -> Ticket {
        defer { nextTicket += 1 }
        return nextTicket
    }

    mutating func append(_ waiter: Waiter, ticket: Ticket) {
        waiters[ticket] = waiter
        order.append(ticket)
    }

    mutating func popFirst() -> Waiter? {
        while first < order.count {
            let ticket = order[first]
            first += 1
            if let waiter = waiters.removeValue(forKey: ticket) {
                compact()
                return waiter
            }
        }
        compact()
        return nil
    }

    mutating func remove(_ ticket: Ticket) -> Waiter? {
        let waiter = waiters.removeValue(forKey: ticket)
        compact()
        return waiter
    }

    /// Drops what is done with once it is the larger part, so that each ticket is moved once on average.
    private mutating func compact() {
        guard order.count > 32, order.count > 2 * waiters.count else { return }
        order = order[first...].filter { waiters[$0] != nil }
        first = 0
    }
}
