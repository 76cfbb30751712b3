/// The metadata keys of this module's log lines.
enum LogKey {
    static let connection = "amqp_connection"
    static let node = "amqp_node"
    static let epoch = "amqp_epoch"
    static let error = "error"
    static let wait = "wait"
    static let queue = "amqp_queue"
    static let exchange = "amqp_exchange"
    static let routingKey = "amqp_routing_key"
    static let messageID = "amqp_message_id"
    static let reason = "reason"
    static let count = "count"
}
