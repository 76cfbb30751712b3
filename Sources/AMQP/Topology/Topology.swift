package struct ExchangeDeclaration: Hashable, Sendable {
    package var name: String
    /// `topic`, `direct`, `fanout` or `headers`.
    package var type: String
    package var durable: Bool
    package var arguments: AMQPTable

    package init(name: String, type: String, durable: Bool = true, arguments: AMQPTable = [:]) {
        self.name = name
        self.type = type
        self.durable = durable
        self.arguments = arguments
    }
}

package struct QueueDeclaration: Hashable, Sendable {
    /// Empty: the broker chooses.
    package var name: String
    package var durable: Bool
    package var exclusive: Bool
    package var autoDelete: Bool
    package var arguments: AMQPTable

    package init(
        name: String,
        durable: Bool = true,
        exclusive: Bool = false,
        autoDelete: Bool = false,
        arguments: AMQPTable = [:]
    ) {
        self.name = name
        self.durable = durable
        self.exclusive = exclusive
        self.autoDelete = autoDelete
        self.arguments = arguments
    }
}

package struct Binding: Hashable, Sendable {
    package var queue: String
    package var exchange: String
    package var routingKey: String

    package init(queue: String, exchange: String, routingKey: String) {
        self.queue = queue
        self.exchange = exchange
        self.routingKey = routingKey
    }
}

/// What has to stand on the broker before anything is consumed or published.
package struct Topology: Hashable, Sendable {
    package enum Mode: String, CaseIterable, Sendable {
        /// Declare what is missing; an existing queue or exchange with other arguments is an error.
        case declare
        /// Only look (passive declare); what is missing is an error.
        case verify
        case off
    }

    package var mode: Mode
    package var exchanges: [ExchangeDeclaration]
    package var queues: [QueueDeclaration]
    package var bindings: [Binding]

    package init(
        mode: Mode,
        exchanges: [ExchangeDeclaration] = [],
        queues: [QueueDeclaration] = [],
        bindings: [Binding] = []
    ) {
        self.mode = mode
        self.exchanges = exchanges
        self.queues = queues
        self.bindings = bindings
    }
}
