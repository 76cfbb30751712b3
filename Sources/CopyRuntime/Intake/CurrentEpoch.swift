import Synchronization

/// Which connection's deliveries can still be acknowledged.
final class CurrentEpoch: Sendable {
    private let epoch = Mutex<UInt64?>(nil)

    func set(_ new: UInt64) {
        epoch.withLock { $0 = new }
    }

    func end(_ old: UInt64) {
        epoch.withLock { epoch in
            if epoch == old { epoch = nil }
        }
    }

    func isCurrent(_ other: UInt64) -> Bool {
        epoch.withLock { $0 == other }
    }
}
