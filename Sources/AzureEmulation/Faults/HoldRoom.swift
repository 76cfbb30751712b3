import Synchronization

/// Where requests wait that a fault holds, and where they can be seen.
final class HoldRoom: Sendable {
    struct Held: Sendable {
        let resource: String
        let call: String
        let clientRequestID: String?
        let when: Stage
        let since: Moment
    }

    private struct State {
        var lastID = 0
        var held: [Int: Held] = [:]
        var releases: [Int: AsyncStream<HoldRelease?>.Continuation] = [:]
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    /// Waits until the request is released.
    ///
    /// - Returns: how it was released, `then` when the release did not say; nil when the task was cancelled.
    func hold(_ request: Held, then: HoldRelease) async -> HoldRelease? {
        let (releases, continuation) = AsyncStream<HoldRelease?>.makeStream()
        let id = enter(request, releasedBy: continuation)
        defer { leave(id) }
        for await release in releases { return release ?? then }
        return nil
    }

    /// Makes a request visible that does not wait: its answer is on its way.
    func note(_ request: Held) {
        _ = enter(request, releasedBy: nil)
    }

    /// Lets a request go on; false when none of this id is held.
    func release(_ id: Int, as release: HoldRelease?) -> Bool {
        let (known, continuation) = state.withLock { state in
            (state.held.removeValue(forKey: id) != nil, state.releases.removeValue(forKey: id))
        }
        continuation?.yield(release)
        return known
    }

    /// Everything that is held, the oldest first.
    var held: [(id: Int, request: Held)] {
        state.withLock { state in
            state.held.sorted { $0.key < $1.key }.map { (id: $0.key, request: $0.value) }
        }
    }

    /// Waits until at least `count` requests are held, or the time is over.
    func waitForHeld(
        count: Int,
        seconds: Double,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.waitForHeld(count: count) }
            group.addTask { try? await sleep(.seconds(seconds)) }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitForHeld(count: Int) async {
        let (arrivals, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.lastID += 1
            state.watchers[state.lastID] = continuation
            return state.lastID
        }
        defer { state.withLock { _ = $0.watchers.removeValue(forKey: id) } }
        continuation.yield()
        for await _ in arrivals where held.count >= count { return }
    }

    private func enter(_ request: Held, releasedBy continuation: AsyncStream<HoldRelease?>.Continuation?) -> Int {
        let (id, watchers) = state.withLock { state in
            state.lastID += 1
            state.held[state.lastID] = request
            state.releases[state.lastID] = continuation
            return (state.lastID, state.watchers.sorted { $0.key < $1.key }.map(\.value))
        }
        for watcher in watchers { watcher.yield() }
        return id
    }

    private func leave(_ id: Int) {
        state.withLock { state in
            state.held[id] = nil
            state.releases[id] = nil
        }
    }
}
