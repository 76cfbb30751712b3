import AMQP
import CopyDomain
import Synchronization

/// The requests that run in this process, each with the deliveries it will settle when it ends.
final class RunRegistry: Sendable {
    enum Entry {
        /// The delivery begins a run.
        case begun
        /// A run of the same request is under way and settles this delivery too.
        case joined(RunControl)
        /// A run of this id but of other content is under way.
        case differs
        /// A delivery of this id but of other content is about to claim it: the journal has not said yet which of the
        /// two contents it knows.
        case undecided
        /// Another request runs alone: the gate is closed.
        case barred
    }

    private struct Active {
        let content: [UInt8]
        let control: RunControl
        let resources: Set<ResourceName>
        var deliveries: [Delivery]
        /// The journal knows the id with this content.
        var isGranted = false
    }

    private struct State {
        var active: [RequestID: Active] = [:]
        /// The one request that may begin.
        var lone: RequestID?
        /// The last connection that is known to be lost: what it has brought is nobody's any more, however late it comes.
        var lostEpoch: UInt64 = 0

        mutating func join(_ id: RequestID, content: [UInt8], with delivery: Delivery) -> Entry? {
            guard let run = active[id] else { return nil }
            guard run.content == content else { return run.isGranted ? .differs : .undecided }
            if delivery.id.epoch > lostEpoch { active[id]?.deliveries.append(delivery) }
            return .joined(run.control)
        }

        func controls(where isMeant: (RequestID, Active) -> Bool) -> [RunControl] {
            active.filter { isMeant($0.key, $0.value) }
                .sorted { $0.key.rawValue < $1.key.rawValue }
                .map(\.value.control)
        }
    }

    private let state = Mutex(State())
    private let left = Signal()

    var count: Int { state.withLock(\.active.count) }

    var lone: RequestID? { state.withLock(\.lone) }

    /// Gives the delivery to the run of its request, if there is one.
    func join(_ id: RequestID, content: [UInt8], with delivery: Delivery) -> Entry? {
        state.withLock { $0.join(id, content: content, with: delivery) }
    }

    /// - Parameter control: of the run that begins.
    func enter(
        _ id: RequestID,
        content: [UInt8],
        resources: Set<ResourceName>,
        control: RunControl,
        with delivery: Delivery
    ) -> Entry {
        state.withLock { state in
            if let entry = state.join(id, content: content, with: delivery) { return entry }
            if let lone = state.lone, lone != id { return .barred }
            state.active[id] = Active(
                content: content,
                control: control,
                resources: resources,
                deliveries: delivery.id.epoch > state.lostEpoch ? [delivery] : []
            )
            return .begun
        }
    }

    /// The journal has granted the request to its run.
    func granted(_ id: RequestID) {
        state.withLock { $0.active[id]?.isGranted = true }
    }

    /// Asks the run of this request for something, if there is one.
    func ask(_ id: RequestID, _ wish: RunControl.Wish) {
        state.withLock { $0.active[id]?.control }?.ask(wish)
    }

    /// Asks the runs of all requests from or to a resource.
    func ask(naming resource: ResourceName, _ wish: RunControl.Wish) {
        let controls = state.withLock { state in state.controls { $1.resources.contains(resource) } }
        for control in controls { control.ask(wish) }
    }

    /// Ends a run.
    /// - Returns: its deliveries, oldest first; none when the connection that brought them is gone.
    func leave(_ id: RequestID) -> [Delivery] {
        defer { left.ring() }
        return state.withLock { $0.active.removeValue(forKey: id)?.deliveries ?? [] }
    }

    /// Takes a delivery from its run, which goes on without.
    /// - Returns: whether a run had it.
    func detach(_ id: DeliveryID, from request: RequestID) -> Bool {
        state.withLock { state in
            guard let index = state.active[request]?.deliveries.firstIndex(where: { $0.id == id }) else { return false }
            state.active[request]?.deliveries.remove(at: index)
            return true
        }
    }

    /// Forgets the deliveries of a lost connection: the broker brings them again.
    func forgetDeliveries(through epoch: UInt64) {
        state.withLock { state in
            state.lostEpoch = epoch
            for id in state.active.keys {
                state.active[id]?.deliveries.removeAll { $0.id.epoch <= epoch }
            }
        }
    }

    // MARK: - Running alone

    /// Lets no other request begin, and asks those that run to make room.
    func isolate(_ id: RequestID) {
        let others = state.withLock { state in
            state.lone = id
            return state.controls { other, _ in other != id }
        }
        for control in others { control.ask(.handBack(.roomForAnother)) }
    }

    func endIsolation(of id: RequestID) {
        state.withLock { state in
            if state.lone == id { state.lone = nil }
        }
    }

    /// Returns when nothing else runs, or when the task is cancelled. One request at a time may wait for that.
    func waitUntilAlone() async {
        while count > 1, !Task.isCancelled { await left.wait() }
    }
}
