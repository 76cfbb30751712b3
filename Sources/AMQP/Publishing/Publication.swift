/// What the broker did with a message.
package enum Publication: Hashable, Sendable {
    /// It took responsibility: persistent messages are on disk, in quorum queues on a majority (rabbitmq.md 1.1).
    case confirmed
    /// A mandatory message that no queue wanted; the broker dropped it.
    case unroutable(code: UInt16, text: String)
}
