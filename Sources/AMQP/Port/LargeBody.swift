/// How much of large messages a connection holds: prefetch counts messages, not bytes, and RabbitMQ takes up to 128 MiB
/// for one. What is smaller is not counted, so that no number of them keeps a command waiting.
package enum LargeBody {
    /// Bytes from which on a body is large.
    package static let leastSize = 1 << 20
    /// Bytes of large bodies after which no further message is read until some of them are settled.
    package static let room = 64 << 20
}
