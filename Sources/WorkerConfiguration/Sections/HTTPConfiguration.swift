/// The worker's own HTTP server, for health and readiness.
package struct HTTPConfiguration: Hashable, Sendable {
    package var enabled: Bool
    package var listen: ListenAddress
}
