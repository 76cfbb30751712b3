import AMQP

extension BrokerState {
    /// What the broker does with messages that reach it on a connection.
    mutating func accept(_ messages: [OutgoingMessage], from connection: Int, at now: Duration) {
        var confirmed: (tag: UInt64, messages: [OutgoingMessage])?
        for message in messages {
            guard let link = links[connection] else { return }
            if faults.blockedReason != nil {
                links[connection]?.backlog.append(message)
                continue
            }
            links[connection]?.lastPublishTag += 1
            let tag = link.lastPublishTag + 1
            if loses(.before) { return lose(connection, at: now) }
            if let refusal = refusal(of: message, from: link) { return close(connection, refusal, at: now) }

            if faults.nacksLeft > 0 {
                faults.nacksLeft -= 1
                answer(.rejected(tag: tag, multiple: false), to: connection)
                continue
            }
            let names = route(exchange: message.exchange, routingKey: message.routingKey) ?? []
            let isTaken = enqueue(
                message.message,
                exchange: message.exchange,
                routingKey: message.routingKey,
                into: names,
                at: now
            )
            if isTaken {
                record.accepted.append(message)
                observer?.accepted(message, into: names, from: link.name, at: now)
            }
            if loses(.after) { return lose(connection, at: now) }
            if names.isEmpty, message.mandatory, !faults.ignoresMandatory {
                let returned = ReturnedMessage(
                    code: 312,
                    text: "NO_ROUTE",
                    exchange: message.exchange,
                    routingKey: message.routingKey,
                    message: message.message
                )
                answer(.returned(returned), to: connection)
            }
            guard link.confirms else { continue }
            if !isTaken {
                answer(.rejected(tag: tag, multiple: false), to: connection)
            } else if faults.coalescesConfirms {
                confirmed = (tag, (confirmed?.messages ?? []) + [message])
            } else {
                answer(
                    .confirmed(tag: tag, multiple: false),
                    confirming: names.isEmpty ? [] : [message],
                    to: connection
                )
            }
        }
        if let (tag, messages) = confirmed {
            answer(.confirmed(tag: tag, multiple: messages.count > 1), confirming: messages, to: connection)
        }
    }

    private func refusal(of message: OutgoingMessage, from link: Link) -> AMQPError? {
        if !message.exchange.isEmpty, exchanges[message.exchange] == nil {
            return AMQPError(
                .channelClosed,
                "NOT_FOUND - no exchange '\(message.exchange)' in vhost '/'",
                replyCode: 404
            )
        }
        if faults.forbiddenExchanges.contains(message.exchange) {
            return AMQPError(
                .channelClosed,
                "ACCESS_REFUSED - write access to exchange '\(message.exchange)' refused",
                replyCode: 403
            )
        }
        if let code = faults.deadlyRoutingKeys[message.routingKey] {
            return AMQPError(code < 500 ? .channelClosed : .connectionClosed, "a deadly message", replyCode: code)
        }
        if let user = message.message.userID, user != link.user {
            return AMQPError(
                .channelClosed,
                "PRECONDITION_FAILED - user_id property set to '\(user)'",
                replyCode: 406
            )
        }
        return nil
    }

    private mutating func answer(
        _ event: AMQPEvent,
        confirming confirmed: [OutgoingMessage] = [],
        to connection: Int
    ) {
        if faults.confirmsEarly {
            // It was said before.
            if let link = links[connection] { for message in confirmed { observer?.confirmed(message, to: link.name) } }
            return
        }
        if faults.holdsAnswers {
            links[connection]?.heldAnswers.append(Saying(event: event, confirmed: confirmed))
            record.mostUnanswered = max(record.mostUnanswered, links[connection]?.heldAnswers.count ?? 0)
        } else {
            say(event, confirming: confirmed, to: connection)
        }
    }

    private mutating func loses(_ moment: SimulatedBroker.Moment) -> Bool {
        guard var loss = faults.loss, loss.moment == moment else { return false }
        loss.publishesLeft -= 1
        faults.loss = loss.publishesLeft > 0 ? loss : nil
        return loss.publishesLeft <= 0
    }

    private mutating func lose(_ connection: Int, at now: Duration) {
        close(connection, AMQPError(.connectionLost, "The connection broke while publishing"), at: now)
    }
}
