import AzureAI
import Synchronization

/// Which requests may still go to the socket, and which have gone: what tells a request that was never sent from one
/// without an answer.
///
/// A request is entered before it is handed to the HTTP client, asked for at the socket, and struck out when its fate is
/// told. Both ends change the entry under one lock, so a request that is reported as not sent cannot be sent afterwards.
final class PassageLedger: Sendable {
    typealias Number = UInt64

    enum Passage: Hashable, Sendable {
        case waiting(SendBefore?)
        /// Handed to the socket.
        case passed
        /// `sendBefore` had passed at the socket.
        case tooLate
    }

    private struct State {
        var passages: [Number: Passage] = [:]
        var nextNumber: Number = 0
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> UInt64

    init(now: @escaping @Sendable () -> UInt64 = SuspensionClock.now) {
        self.now = now
    }

    func enter(sendBefore: SendBefore?) -> Number {
        state.withLock { state in
            defer { state.nextNumber += 1 }
            state.passages[state.nextNumber] = .waiting(sendBefore)
            return state.nextNumber
        }
    }

    /// Asks at the socket whether a request may go, once.
    func pass(_ number: Number) -> Bool {
        state.withLock { state in
            guard case .waiting(let limit)? = state.passages[number] else { return false }
            let isInTime = limit.map { now() <= $0.nanoseconds } ?? true
            state.passages[number] = isInTime ? .passed : .tooLate
            return isInTime
        }
    }

    /// Tells how far a request came; from now on it goes nowhere.
    func strikeOut(_ number: Number) -> Passage? {
        state.withLock { $0.passages.removeValue(forKey: number) }
    }

    /// How many requests have an open fate.
    var count: Int {
        state.withLock { $0.passages.count }
    }
}
