import AMQP
import CopyDomain
import Synchronization

/// The requests that run in this process, each with the deliveries it will settle when it ends.
final class RunRegistry: Sendable {
    enum Entry: Equatable {
        /// The delivery begins a run.
        case begun
        /// A run of the same request is under way and settles this delivery too.
        case joined
        /// A run of this id but of other content is under way.
        case differs
    }

    private struct Active {
        let content: [UInt8]
        let control: RunControl
        var deliveries: [Delivery]
    }

    private let active = Mutex<[RequestID: Active]>([:])

    var count: Int { active.withLock(\.count) }

    /// Gives the delivery to the run of its request, if there is one.
    func join(_ id: RequestID, content: [UInt8], with delivery: Delivery) -> Entry? {
        active.withLock { active in
            guard let run = active[id] else { return nil }
            guard run.content == content else { return .differs }
            active[id]?.deliveries.append(delivery)
            return .joined
        }
    }

    /// - Parameter control: of the run that begins.
    func enter(_ id: RequestID, content: [UInt8], control: RunControl, with delivery: Delivery) -> Entry {
        active.withLock { active in
            guard let run = active[id] else {
                active[id] = Active(content: content, control: control, deliveries: [delivery])
                return .begun
            }
            guard run.content == content else { return .differs }
            active[id]?.deliveries.append(delivery)
            return .joined
        }
    }

    /// Asks the run of this request for something, if there is one.
    func ask(_ id: RequestID, _ wish: RunControl.Wish) {
        active.withLock { $0[id]?.control }?.ask(wish)
    }

    /// Ends a run.
    /// - Returns: its deliveries, oldest first; none when the connection that brought them is gone.
    func leave(_ id: RequestID) -> [Delivery] {
        active.withLock { $0.removeValue(forKey: id)?.deliveries ?? [] }
    }

    /// Forgets the deliveries of a lost connection: the broker brings them again.
    func forgetDeliveries(through epoch: UInt64) {
        active.withLock { active in
            for id in active.keys {
                active[id]?.deliveries.removeAll { $0.id.epoch <= epoch }
            }
        }
    }
}
