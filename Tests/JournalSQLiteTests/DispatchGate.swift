import Dispatch

/// Holds a dispatch queue until it is opened.
struct DispatchGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    /// Keeps whatever runs what `run` is given busy until the gate is opened.
    static func occupying(_ run: (@escaping @Sendable () -> Void) -> Void) async -> DispatchGate {
        let gate = DispatchGate()
        let (busy, isBusy) = AsyncStream.makeStream(of: Void.self)
        run {
            isBusy.yield()
            gate.wait()
        }
        for await _ in busy { break }
        return gate
    }

    func wait() { semaphore.wait() }

    func open() { semaphore.signal() }
}
