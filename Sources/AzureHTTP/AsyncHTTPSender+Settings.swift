extension AsyncHTTPSender {
    /// How connections are made and kept.
    package struct Settings: Hashable, Sendable {
        /// For one connection: name, TCP and TLS together. A request that waits longer for one fails as not sent.
        package var connectTimeout: Duration = .seconds(10)
        /// How long an unused connection is kept; shorter than servers keep theirs, so that requests rarely meet a
        /// connection that is being closed.
        package var idleTimeout: Duration = .seconds(30)
        /// How many connections to one host there are at most; further requests wait for one.
        package var connectionsPerHost = 64
        /// The largest body of an answer, in bytes; a larger one is no answer.
        package var largestBody = 8 * 1024 * 1024
        /// How long the kernel goes on sending what the other side does not acknowledge, also after a time-out, so that
        /// a request cannot arrive minutes after it was given up.
        package var unacknowledgedLimit: Duration = .seconds(30)
        /// A PEM file with certificates that are trusted besides the system's.
        package var caFile: String?
        package var proxy: ProxySettings?

        package init() {}
    }
}
