import Glibc
import Synchronization

/// A connection's socket and its thread's sign of life, as the watchdog sees them.
final class Ward: Sendable {
    private enum Socket {
        /// Can transition to: `watched`, `released`.
        case none
        /// A duplicate, so that a number which the library closed and the system gave to somebody else is never hit.
        /// Can transition to: `released`.
        case watched(Int32)
        case released
    }

    private let socket = Mutex(Socket.none)
    private let patience: Duration
    private let birth: SuspendingClock.Instant
    /// Nanoseconds since birth.
    private let lastTick = Atomic<Int64>(0)
    private let wasCut = Atomic<Bool>(false)

    /// - Parameter patience: how long the owner may go without a tick.
    init(patience: Duration, now: SuspendingClock.Instant) {
        self.patience = patience
        birth = now
    }

    deinit {
        release()
    }

    /// The socket to cut when it comes to that.
    func watch(_ descriptor: Int32) {
        socket.withLock { socket in
            if case .none = socket { socket = .watched(fcntl(descriptor, F_DUPFD_CLOEXEC, 0)) }
        }
    }

    func tick(at now: SuspendingClock.Instant) {
        let (seconds, attoseconds) = birth.duration(to: now).components
        lastTick.store(seconds * 1_000_000_000 + attoseconds / 1_000_000_000, ordering: .relaxed)
    }

    var deadline: SuspendingClock.Instant {
        birth.advanced(by: .nanoseconds(lastTick.load(ordering: .relaxed)) + patience)
    }

    /// Whether the watchdog ended the connection.
    var isCut: Bool { wasCut.load(ordering: .relaxed) }

    /// Makes every call on the socket return. Any thread.
    func cut() {
        wasCut.store(true, ordering: .relaxed)
        socket.withLock { socket in
            if case .watched(let descriptor) = socket { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Lets go of the socket; afterwards `cut` does nothing.
    func release() {
        socket.withLock { socket in
            if case .watched(let descriptor) = socket { close(descriptor) }
            socket = .released
        }
    }
}
