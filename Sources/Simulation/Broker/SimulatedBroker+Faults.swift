package import AMQP

extension SimulatedBroker {
    /// The next connections fail like this.
    package func refuseConnections(_ errors: [AMQPError]) {
        change { $0.faults.refusals += errors }
    }

    /// Nobody listens any more, and all connections are lost.
    package func goDown() {
        change { $0.faults.allDown = true }
        dropConnections()
    }

    package func comeBack() {
        change { state in
            state.faults.allDown = false
            state.faults.downNodes = []
        }
    }

    /// One node, as "host:port".
    package func takeDown(node: String) {
        let now = elapsed()
        change { state in
            state.faults.downNodes.insert(node)
            for (id, link) in state.links.sorted(by: { $0.key < $1.key }) where link.node == node {
                state.close(id, AMQPError(.connectionLost, "\(node) went down"), at: now)
            }
        }
    }

    /// Connections and calls run into their time-outs.
    package func stopAnswering(_ unresponsive: Bool = true) {
        change { $0.faults.unresponsive = unresponsive }
    }

    package func dropConnections(
        named name: String? = nil,
        _ error: AMQPError = AMQPError(.connectionLost, "The simulated broker dropped the connection")
    ) {
        let now = elapsed()
        change { state in
            for (id, link) in state.links.sorted(by: { $0.key < $1.key }) where name == nil || link.name == name {
                state.close(id, error, at: now)
            }
        }
    }

    /// The connection that publishes the n-th message from now on is lost at that moment.
    package func loseConnection(atPublish number: Int, _ moment: Moment) {
        change { $0.faults.loss = BrokerFaults.Loss(publishesLeft: number, moment: moment) }
    }

    /// Messages are taken, but neither confirmed nor returned, until `releaseAnswers`.
    package func holdAnswers() {
        change { $0.faults.holdsAnswers = true }
    }

    package func releaseAnswers() {
        change { state in
            state.faults.holdsAnswers = false
            for id in state.links.keys.sorted() {
                let held = state.links[id]?.heldAnswers ?? []
                state.links[id]?.heldAnswers = []
                for saying in held { state.say(saying.event, confirming: saying.confirmed, to: id) }
            }
        }
    }

    /// The next messages are refused by basic.nack.
    package func nackNext(_ count: Int) {
        change { $0.faults.nacksLeft = count }
    }

    /// Confirms of one batch come as one `multiple`.
    package func coalesceConfirms(_ coalesces: Bool = true) {
        change { $0.faults.coalescesConfirms = coalesces }
    }

    /// A memory alarm: a connection is told by its next publish, which is not looked at, like what follows it.
    package func block(_ reason: String = "low on memory") {
        change { $0.faults.blockedReason = reason }
    }

    package func unblock() {
        let now = elapsed()
        change { state in
            state.faults.blockedReason = nil
            for id in state.links.keys.sorted() where state.links[id]?.blockedSince != nil {
                state.links[id]?.blockedSince = nil
                state.say(.unblocked, to: id)
                let backlog = state.links[id]?.backlog ?? []
                state.links[id]?.backlog = []
                state.accept(backlog, from: id, at: now)
            }
        }
    }

    /// From now on the user's connections need this password. Those that stand go on.
    package func setPassword(_ password: String, of user: String) {
        change { $0.passwords[user] = password }
    }

    /// Nobody may publish to the exchange: 403 closes the channel.
    package func forbid(exchange: String, _ isForbidden: Bool = true) {
        change { state in
            if isForbidden {
                state.faults.forbiddenExchanges.insert(exchange)
            } else {
                state.faults.forbiddenExchanges.remove(exchange)
            }
        }
    }

    /// basic.cancel for all consumers of a queue.
    package func cancelConsumers(of queue: String) {
        change { $0.cancelConsumers(of: queue) }
    }

    /// With its messages; the consumers are told.
    package func delete(queue: String) {
        change { $0.delete(queue: queue) }
    }

    package func delete(exchange: String) {
        change { $0.exchanges[exchange] = nil }
    }

    /// Finds no queue for what is published to the exchange: mandatory messages come back.
    func loseRoutes(of exchange: String, _ isLost: Bool = true) {
        change { state in
            if isLost {
                state.faults.unroutedExchanges.insert(exchange)
            } else {
                state.faults.unroutedExchanges.remove(exchange)
            }
        }
    }
}
