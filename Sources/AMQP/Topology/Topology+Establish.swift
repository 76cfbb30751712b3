extension Topology {
    /// Declares or verifies exchanges, queues and bindings, in this order.
    ///
    /// The first mismatch ends it, since the broker answers it by closing the channel; the error then says what is
    /// wrong and what to do.
    package func establish(on connection: any AMQPConnection) async throws(AMQPError) {
        switch mode {
        case .off: return
        case .declare: try await establish(on: connection, passive: false)
        case .verify: try await establish(on: connection, passive: true)
        }
    }

    private func establish(on connection: any AMQPConnection, passive: Bool) async throws(AMQPError) {
        for exchange in exchanges {
            do {
                try await connection.declare(exchange, passive: passive)
            } catch {
                throw error.explained(declaring: "the \(exchange.type) exchange '\(exchange.name)'", passive: passive)
            }
        }
        for queue in queues {
            do {
                _ = try await connection.declare(queue, passive: passive)
            } catch {
                throw error.explained(declaring: "the queue '\(queue.name)'", passive: passive)
            }
        }
        // A binding cannot be looked at over AMQP; binding again is no change, but needs the right to configure.
        guard !passive else { return }
        for binding in bindings { try await binding.establish(on: connection) }
    }
}

extension Binding {
    func establish(on connection: any AMQPConnection) async throws(AMQPError) {
        do {
            try await connection.bind(queue: queue, exchange: exchange, routingKey: routingKey)
        } catch {
            throw error.explained(binding: self)
        }
    }
}

extension AMQPError {
    fileprivate func explained(declaring subject: String, passive: Bool) -> AMQPError {
        explained { code in
            switch code {
            case 404 where isOfAbsentNode:
                "The node of the cluster that holds \(subject) is down: start it again"
            case 403:
                "The user may not \(passive ? "look at" : "declare") \(subject): grant it the permission, "
                    + "or \(passive ? "set the topology mode to off" : "declare it yourself and set the mode to verify")"
            case 404 where passive:
                "There is no such thing as \(subject): declare it, or set the topology mode to declare"
            case 405:
                "Another connection holds \(subject) exclusively: stop that one, or use another name"
            case 406:
                "There is \(subject) already, but with other settings: delete it, give it another name, "
                    + "or set the topology mode to verify"
            default:
                "The broker would not \(passive ? "show" : "declare") \(subject)"
            }
        }
    }

    fileprivate func explained(binding: Binding) -> AMQPError {
        let subject = "bind the queue '\(binding.queue)' to the exchange '\(binding.exchange)'"
        return explained { code in
            switch code {
            case 403: "The user may not \(subject): grant it the permission, or set the topology mode to verify"
            case 404: "Could not \(subject), since one of them does not exist: declare both"
            default: "The broker would not \(subject)"
            }
        }
    }

    /// The same error with a sentence about what to do before the broker's own words.
    func explained(_ sentence: (UInt16?) -> String) -> AMQPError {
        guard code == .channelClosed else { return self }
        return AMQPError(code, "\(sentence(replyCode)) (\(message))", replyCode: replyCode)
    }
}
