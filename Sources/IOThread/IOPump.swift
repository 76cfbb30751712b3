/// The input and output that a thread serves between jobs. Both closures are called on that thread only.
package struct IOPump: Sendable {
    /// Takes in what has arrived; never waits.
    let read: @Sendable () -> Void
    /// Sends what the jobs left behind, and says what to wait for.
    let flush: @Sendable () -> IOWait

    package init(read: @escaping @Sendable () -> Void = {}, flush: @escaping @Sendable () -> IOWait) {
        self.read = read
        self.flush = flush
    }
}
