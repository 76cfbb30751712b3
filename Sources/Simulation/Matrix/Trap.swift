import Synchronization

/// What befalls the first worker of a world, and where.
package struct Trap: Sendable {
    package enum Blow: String, CaseIterable, Sendable {
        case kill = "SIGKILL"
        case term = "SIGTERM"
        /// For longer than the broker waits for heartbeats.
        case stop = "SIGSTOP"
        /// The answer to what was asked last, or is asked next.
        case answerLost = "answer lost"
        case brokerKilled = "broker killed"
    }

    package var place: Ambush.Place?
    package var visit = 1
    package var blow = Blow.kill

    package init() {}
}

extension World {
    private static let restart: Duration = .seconds(10)

    func ambush(_ trap: Trap) -> Ambush {
        let ambush = Ambush(at: trap.place, visit: trap.visit) { [self] boundary in strike(trap.blow, at: boundary) }
        self.watch(ambush)
        return ambush
    }

    private func strike(_ blow: Trap.Blow, at boundary: Boundary) {
        guard let member = cast.withLock(\.members).first else { return }
        let host = member.host
        chronicle.write("fate", "\(blow.rawValue), \(boundary.rawValue)")
        switch blow {
        case .kill:
            kill(host)
            clock.call(after: .seconds(1)) { [self] in enter() }
        case .term:
            drain(member)
            clock.call(after: .seconds(1)) { [self] in enter() }
        case .stop:
            process.begin { [self] in
                enter()
                await stop(host, for: .seconds(45))
            }
            host.process.isStopped = true
        case .answerLost: loseAnswer(of: host, at: boundary)
        case .brokerKilled:
            broker.goDown()
            clock.call(after: Self.restart) { [broker] in broker.comeBack() }
        }
    }

    private func loseAnswer(of host: Host, at boundary: Boundary) {
        switch boundary {
        case .beforeSave:
            host.journal = .mute
            clock.call(after: .seconds(8)) { host.journal = .open }
        case .afterSave, .afterCall:
            host.azure = .mute
            clock.call(after: boundary == .afterSave ? .seconds(2) : .milliseconds(1)) { host.azure = .open }
        case .beforePublish: broker.loseConnection(atPublish: 1, .after)
        case .afterPublish: broker.dropConnections(named: "\(host.name) publisher")
        case .afterConfirm: broker.dropConnections(named: "\(host.name) consumer")
        }
    }
}
