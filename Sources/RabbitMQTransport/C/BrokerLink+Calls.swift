import AMQP
import CRabbitMQ

/// Calls that wait for the broker's answer, `callTimeout` at most. Frames that come meanwhile are put aside in order.
extension BrokerLink {
    func declare(_ exchange: ExchangeDeclaration, passive: Bool) throws(AMQPError) {
        defer { pool.recycle() }
        _ = unsafe amqp_exchange_declare(
            state,
            Self.channel,
            try pool.shortString(exchange.name, "exchange name"),
            try pool.shortString(exchange.type, "exchange type"),
            passive ? 1 : 0,
            exchange.durable ? 1 : 0,
            0,
            0,
            try pool.table(exchange.arguments)
        )
        try checkReply("\(passive ? "Looking for" : "Declaring") the exchange '\(exchange.name)'")
    }

    func declare(_ queue: QueueDeclaration, passive: Bool) throws(AMQPError) -> String {
        defer { pool.recycle() }
        let answer = unsafe amqp_queue_declare(
            state,
            Self.channel,
            try pool.shortString(queue.name, "queue name"),
            passive ? 1 : 0,
            queue.durable ? 1 : 0,
            queue.exclusive ? 1 : 0,
            queue.autoDelete ? 1 : 0,
            try pool.table(queue.arguments)
        )
        try checkReply("\(passive ? "Looking for" : "Declaring") the queue '\(queue.name)'")
        guard let answer = unsafe answer else {
            throw AMQPError(.protocolViolation, "The broker declared a queue without a name")
        }
        return unsafe String(answer.pointee.queue)
    }

    func bind(queue: String, exchange: String, routingKey: String) throws(AMQPError) {
        defer { pool.recycle() }
        _ = unsafe amqp_queue_bind(
            state,
            Self.channel,
            try pool.shortString(queue, "queue name"),
            try pool.shortString(exchange, "exchange name"),
            try pool.shortString(routingKey, "routing key"),
            amqp_table_t()
        )
        try checkReply("Binding the queue '\(queue)' to the exchange '\(exchange)'")
    }

    func selectConfirms() throws(AMQPError) {
        _ = unsafe amqp_confirm_select(state, Self.channel)
        try checkReply("Asking for confirms")
    }

    func consume(queue: String, consumerTag: String, prefetch: UInt16, exclusive: Bool) throws(AMQPError) {
        defer { pool.recycle() }
        let queueName = unsafe try pool.shortString(queue, "queue name")
        let tag = unsafe try pool.shortString(consumerTag, "consumer tag")
        _ = unsafe amqp_basic_qos(state, Self.channel, 0, prefetch, 0)
        try checkReply("Setting the prefetch")
        _ = unsafe amqp_basic_consume(state, Self.channel, queueName, tag, 0, 0, exclusive ? 1 : 0, amqp_table_t())
        try checkReply("Consuming from the queue '\(queue)'")
    }

    func cancelConsumer(tag: String) throws(AMQPError) {
        defer { pool.recycle() }
        _ = unsafe amqp_basic_cancel(state, Self.channel, try pool.shortString(tag, "consumer tag"))
        try checkReply("Cancelling the consumer '\(tag)'")
    }

    private func checkReply(_ doing: @autoclosure () -> String) throws(AMQPError) {
        unsafe try LibraryReply(amqp_get_rpc_reply(state)).check(doing())
    }
}
