package import CopyDomain
import Synchronization

/// Waits for a worker at one boundary of one state, and notes at which it has been.
package final class Ambush: Sendable {
    package struct Place: Hashable, Sendable {
        package let boundary: Boundary
        package let phase: Phase
    }

    private struct State {
        var phase = Phase.requested
        var visits: [Place: Int] = [:]
        var order: [Place] = []
        var isSprung = false
    }

    private let place: Place?
    private let visit: Int
    private let strike: @Sendable (Boundary) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - place: `nil`: it only notes.
    ///   - visit: which visit there is the fatal one, from 1.
    ///   - strike: what happens there, at once.
    init(at place: Place?, visit: Int, strike: @escaping @Sendable (Boundary) -> Void) {
        self.place = place
        self.visit = visit
        self.strike = strike
    }

    /// How often the worker was where, by first visit.
    var visits: [(place: Place, count: Int)] {
        state.withLock { state in state.order.map { ($0, state.visits[$0] ?? 0) } }
    }

    var isSprung: Bool { state.withLock(\.isSprung) }

    func entered(_ phase: Phase) {
        state.withLock { $0.phase = phase }
    }

    /// The worker comes by. If something stops its process there it goes on only when that goes on.
    func pass(_ boundary: Boundary) async {
        let isHit = state.withLock { state in
            let here = Place(boundary: boundary, phase: boundary.isOfTheEnd ? .ended : state.phase)
            if state.visits[here] == nil { state.order.append(here) }
            state.visits[here, default: 0] += 1
            guard here == place, state.visits[here] == visit, !state.isSprung else { return false }
            state.isSprung = true
            return true
        }
        guard isHit else { return }
        strike(boundary)
        await Task.yield()
    }
}
