import AMQP

/// The network between the broker and its clients: what was sent while it was cut arrives when it is mended, unless one
/// side has given the connection up by then.
extension SimulatedBroker {
    /// Nothing passes any more between the broker and the clients whose names begin like this.
    func cut(_ prefix: String) {
        change { state in
            state.faults.cutNames.insert(prefix)
            for (id, link) in state.links where link.name.hasPrefix(prefix) { state.links[id]?.isCut = true }
        }
    }

    func mend(_ prefix: String) {
        let now = elapsed()
        change { state in
            state.faults.cutNames.remove(prefix)
            for (id, ghost) in state.ghosts.sorted(by: { $0.key < $1.key }) where ghost.name.hasPrefix(prefix) {
                state.dismiss(ghost: id, AMQPError(.connectionLost, "The broker has reset the connection"))
            }
            for (id, link) in state.links.sorted(by: { $0.key < $1.key }) where link.name.hasPrefix(prefix) {
                if link.isAbandoned {
                    state.close(id, AMQPError(.connectionLost, "The client has reset the connection"), at: now)
                } else {
                    state.mend(id)
                }
            }
        }
    }

    /// The broker has missed the heartbeats of clients that are cut off.
    func giveUp(on prefix: String) {
        let now = elapsed()
        change { state in
            for (id, link) in state.links.sorted(by: { $0.key < $1.key }) where link.name.hasPrefix(prefix) {
                guard link.isCut else { continue }
                state.close(id, AMQPError(.heartbeatMissed, "missed heartbeats from client"), isSilent: true, at: now)
            }
        }
    }

    /// Clients that are cut off have missed the broker's heartbeats.
    func despair(of prefix: String) {
        let error = AMQPError(.heartbeatMissed, "No frame from the broker for two heartbeats")
        change { state in
            for (id, ghost) in state.ghosts.sorted(by: { $0.key < $1.key }) where ghost.name.hasPrefix(prefix) {
                state.dismiss(ghost: id, error)
            }
            for (id, link) in state.links.sorted(by: { $0.key < $1.key }) where link.name.hasPrefix(prefix) {
                if link.isCut { state.abandon(id, error) }
            }
        }
    }

    /// Takes a guard out that is the broker's to keep.
    func sabotage(_ sabotage: Sabotage?) {
        change { state in
            state.faults.confirmsEarly = sabotage == .confirmWait
            state.faults.ignoresMandatory = sabotage == .mandatory
        }
    }

    /// Who sees what passes.
    func observe(by observer: any BrokerObserver) {
        change { $0.observer = observer }
    }
}

extension BrokerState {
    /// The client gives a cut connection up; the broker learns of it later.
    mutating func abandon(_ connection: Int, _ error: AMQPError) {
        guard let link = links[connection], !link.isAbandoned else { return }
        links[connection]?.isAbandoned = true
        links[connection]?.held = []
        // What lies in the socket's buffer may still go out; a connection that was given up is reset instead.
        links[connection]?.heldWrites = []
        graves[connection] = error
        link.events.yield(.closed(error))
        link.events.finish()
    }

    /// The client of a connection that the broker has closed learns of it.
    mutating func dismiss(ghost connection: Int, _ error: AMQPError) {
        guard let (_, events) = ghosts.removeValue(forKey: connection) else { return }
        events.yield(.closed(error))
        events.finish()
    }

    mutating func mend(_ connection: Int) {
        guard let link = links[connection] else { return }
        links[connection]?.isCut = false
        links[connection]?.held = []
        links[connection]?.heldWrites = []
        for saying in link.held { say(saying.event, confirming: saying.confirmed, to: connection) }
        for write in link.heldWrites where links[connection] != nil { write(&self) }
    }
}

extension BrokerFaults {
    func cuts(_ name: String) -> Bool {
        cutNames.contains { name.hasPrefix($0) }
    }
}
