import AMQP
import Synchronization

/// Reads a connection's events, and lets a test wait for the one that matters.
final class EventTrail: Sendable {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        var events: [AMQPEvent] = []
        /// Everything before was handed out or passed over.
        var position = 0
        var hasEnded = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    /// A connection that nobody holds is closed.
    private let connection: any AMQPConnection

    init(_ connection: any AMQPConnection) {
        self.connection = connection
        let events = connection.events
        Task { [self] in
            for await event in events { change { $0.events.append(event) } }
            change { $0.hasEnded = true }
        }
    }

    /// Every event so far.
    var all: [AMQPEvent] { state.withLock { $0.events } }

    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// The next event that `pick` takes; those before it are passed over.
    func next<Value: Sendable>(
        _ what: String,
        within limit: Duration = .seconds(30),
        _ pick: @escaping @Sendable (AMQPEvent) -> Value?
    ) async throws -> Value {
        let timer = Task {
            try await Task.sleep(for: limit)
            self.change { $0.hasEnded = true }
        }
        defer { timer.cancel() }
        while true {
            let (value, hasEnded) = state.withLock { state -> (Value?, Bool) in
                while state.position < state.events.count {
                    defer { state.position += 1 }
                    if let value = pick(state.events[state.position]) { return (value, false) }
                }
                return (nil, state.hasEnded)
            }
            if let value { return value }
            guard !hasEnded else { throw Missing(description: "There was no \(what); events: \(all)") }
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard state.position == state.events.count, !state.hasEnded else { return false }
                    state.waiting = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        }
    }

    func delivery() async throws -> RawDelivery {
        try await next("delivery") { if case .delivered(let delivery) = $0 { delivery } else { nil } }
    }

    func closed(within limit: Duration = .seconds(30)) async throws -> AMQPError {
        try await next("end", within: limit) { if case .closed(let error) = $0 { error } else { nil } }
    }

    /// Waits until the broker has said yes to every publish up to `tag`.
    func confirmed(upTo tag: UInt64) async throws {
        let last = Mutex<Set<UInt64>>([])
        _ = try await next("confirm of \(tag)") { event -> Bool? in
            guard case .confirmed(let confirmed, let multiple) = event else { return nil }
            return last.withLock { seen in
                if multiple { seen.formUnion(1...confirmed) } else { seen.insert(confirmed) }
                return seen.count >= Int(tag) ? true : nil
            }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            return state.waiting.take()
        }
        waiting?.resume()
    }
}
