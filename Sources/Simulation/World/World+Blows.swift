import AMQP
import AzureEmulation
import CopyContract
import CopyDomain
import CopyRuntime
import Synchronization

extension World {
    private var heartbeat: Duration { ConnectionSettings().heartbeat }

    /// Something goes wrong, and is right again at the end.
    func perform(_ strike: Plot.Strike) async {
        blows.withLock { $0.open += 1 }
        defer { blows.withLock { $0.open -= 1 } }
        var random = SeededRandom(seed: strike.dice)
        switch strike.blow {
        case .death, .drain, .stop, .brokerCut, .journalCut, .azureCut, .clockJump:
            let members = cast.withLock(\.members).filter { !$0.isLeaving && !$0.host.life.isOver }
            guard let member = members.randomElement(using: &random) else { return }
            count(strike.blow, on: member.host.name, for: strike.length)
            await strikeHost(member, strike, with: &random)
        case .cancel:
            guard let id = plot.submissions.compactMap(\.request).randomElement(using: &random) else { return }
            count(.cancel, on: id.rawValue, for: .zero)
            publish(CommandEncoder.encode(.cancel(id)), as: "cancel-\(id.rawValue)", to: settings.names.commands)
        case .answersLost, .requestsLost, .slowAnswers, .serverErrors, .throttling, .outage, .copiesFail:
            await strikeAzure(strike, with: &random)
        case .connectionsDropped, .brokerRestart, .consumersCancelled, .confirmsLate, .nacks, .confirmLost,
            .memoryAlarm,
            .returned:
            count(strike.blow, on: "broker", for: strike.length)
            await strikeBroker(strike, with: &random)
        case .journalAway, .journalMute:
            count(strike.blow, on: "journal", for: strike.length)
            let hosts = cast.withLock(\.members).map(\.host)
            for host in hosts { host.journal = strike.blow == .journalAway ? .cut : .mute }
            try? await clock.sleep(for: strike.length)
            for host in hosts { host.journal = .open }
        }
        chronicle.write("fate", "\(strike.blow.rawValue) is over")
    }

    private func count(_ blow: Blow, on whom: String, for length: Duration) {
        chronicle.write("fate", "\(blow.rawValue): \(whom), \(length)")
        scheduler.note(UInt64(truncatingIfNeeded: blow.rawValue.utf8.count))
        blows.withLock { $0.counts[blow, default: 0] += 1 }
    }

    // MARK: - Workers

    private func strikeHost(_ member: Member, _ strike: Plot.Strike, with random: inout SeededRandom) async {
        let host = member.host
        switch strike.blow {
        case .death:
            kill(host)
            try? await clock.sleep(for: strike.length)
            enter()
        case .drain:
            drain(member)
            try? await clock.sleep(for: strike.length)
            enter()
        case .stop:
            await stop(host, for: strike.length)
            // Sometimes nobody wakes it: it is killed.
            if Int.random(in: 0..<6, using: &random) == 0 {
                kill(host)
                enter()
            }
        case .brokerCut:
            await cutOff(host, for: strike.length, with: &random)
        case .journalCut:
            host.journal = Bool.random(using: &random) ? .cut : .mute
            try? await clock.sleep(for: strike.length)
            host.journal = .open
        case .azureCut:
            host.azure = Bool.random(using: &random) ? .cut : .mute
            try? await clock.sleep(for: strike.length)
            host.azure = .open
        case .clockJump:
            host.clockOffset = .seconds(Int.random(in: -90...90, using: &random))
            try? await clock.sleep(for: strike.length)
            host.clockOffset = .zero
        case .answersLost, .requestsLost, .slowAnswers, .serverErrors, .throttling, .outage, .copiesFail,
            .connectionsDropped, .brokerRestart, .consumersCancelled, .confirmsLate, .nacks, .confirmLost, .memoryAlarm,
            .returned, .journalAway, .journalMute, .cancel:
            preconditionFailure("\(strike.blow) is nobody's alone")
        }
    }

    func kill(_ host: Host) {
        guard !host.life.isOver else { return }
        chronicle.write(host.name, "SIGKILL")
        // The ports are inert from here on; only then do the tasks learn of it.
        host.life.end()
        host.process.isStopped = false
    }

    /// SIGSTOP and SIGCONT: the broker gives the connections up when it has missed two heartbeats.
    func stop(_ host: Host, for length: Duration) async {
        chronicle.write(host.name, "SIGSTOP for \(length)")
        let number = host.countStop()
        host.process.isStopped = true
        clock.call(after: heartbeat * 2) { [broker] in
            guard host.stops == number, host.process.isStopped else { return }
            let error = AMQPError(.connectionLost, "The broker has reset the connection")
            broker.dropConnections(named: "\(host.name) consumer", error)
            broker.dropConnections(named: "\(host.name) publisher", error)
        }
        try? await clock.sleep(for: length)
        guard host.stops == number else { return }
        chronicle.write(host.name, "SIGCONT")
        host.process.isStopped = false
    }

    /// Both sides give the connections up on their own, after between one and two missed heartbeats.
    private func cutOff(_ host: Host, for length: Duration, with random: inout SeededRandom) async {
        let prefix = "\(host.name) "
        let isOver = Shared(false)
        broker.cut(prefix)
        let moments = [Double.random(in: 1...2, using: &random), Double.random(in: 1...2, using: &random)]
        clock.call(after: heartbeat * moments[0]) { [broker] in
            if !isOver.withLock({ $0 }) { broker.giveUp(on: prefix) }
        }
        clock.call(after: heartbeat * moments[1]) { [broker] in
            if !isOver.withLock({ $0 }) { broker.despair(of: prefix) }
        }
        try? await clock.sleep(for: length)
        isOver.withLock { $0 = true }
        broker.mend(prefix)
    }

    // MARK: - Azure

    private func strikeAzure(_ strike: Plot.Strike, with random: inout SeededRandom) async {
        let resource = Estate.resources.randomElement(using: &random) ?? "*"
        let share = Double.random(in: 0.1...0.6, using: &random)
        count(strike.blow, on: resource, for: strike.length)
        let rules: [FaultRule]
        switch strike.blow {
        case .answersLost: rules = [FaultRule(.answerLost, resource: resource, probability: share)]
        case .requestsLost: rules = [FaultRule(.reset, resource: resource, probability: share)]
        case .slowAnswers:
            let milliseconds = Double.random(in: 500...45_000, using: &random)
            rules = [Stage.beforeWork, .afterWork].map {
                FaultRule(.slow, resource: resource, when: $0, milliseconds: milliseconds, probability: share / 2)
            }
        case .serverErrors:
            rules = [
                FaultRule(.error500, resource: resource, when: .beforeWork, probability: share / 3),
                FaultRule(.error500, resource: resource, when: .afterWork, probability: share / 3),
                FaultRule(.error503, resource: resource, probability: share / 3),
            ]
        case .throttling:
            let pause = Int.random(in: 1...55, using: &random)
            rules = [FaultRule(.throttle, resource: resource, retryAfter: pause, probability: share)]
        case .outage:
            rules = [FaultRule(Bool.random(using: &random) ? .error503 : .reset, resource: resource)]
        case .copiesFail:
            rules = [
                FaultRule(.copyFails, probability: share), FaultRule(.copyInternalError, probability: share),
                FaultRule(.importFails, probability: share),
            ]
        case .death, .drain, .stop, .brokerCut, .journalCut, .azureCut, .clockJump, .connectionsDropped,
            .brokerRestart, .consumersCancelled, .confirmsLate, .nacks, .confirmLost, .memoryAlarm, .returned,
            .journalAway, .journalMute, .cancel:
            preconditionFailure("\(strike.blow) is not Azure's")
        }
        let numbers = rules.map { azure.add($0) }
        try? await clock.sleep(for: strike.length)
        for number in numbers { azure.removeFault(number) }
    }

    // MARK: - Broker

    private func strikeBroker(_ strike: Plot.Strike, with random: inout SeededRandom) async {
        switch strike.blow {
        case .connectionsDropped: broker.dropConnections()
        case .brokerRestart:
            broker.goDown()
            try? await clock.sleep(for: strike.length)
            broker.comeBack()
        case .consumersCancelled:
            let queues = [settings.names.requests, settings.names.resume, settings.names.dead]
            broker.cancelConsumers(of: queues.randomElement(using: &random) ?? settings.names.requests)
        case .confirmsLate:
            broker.holdAnswers()
            try? await clock.sleep(for: strike.length)
            broker.releaseAnswers()
        case .nacks: broker.nackNext(Int.random(in: 1...5, using: &random))
        case .confirmLost:
            broker.loseConnection(
                atPublish: Int.random(in: 1...6, using: &random),
                Bool.random(using: &random) ? .after : .before
            )
        case .memoryAlarm:
            broker.block()
            try? await clock.sleep(for: strike.length)
            broker.unblock()
        case .returned:
            broker.loseRoutes(of: settings.names.results)
            try? await clock.sleep(for: strike.length)
            broker.loseRoutes(of: settings.names.results, false)
        case .death, .drain, .stop, .brokerCut, .journalCut, .azureCut, .clockJump, .answersLost, .requestsLost,
            .slowAnswers, .serverErrors, .throttling, .outage, .copiesFail, .journalAway, .journalMute, .cancel:
            preconditionFailure("\(strike.blow) is not the broker's")
        }
    }
}
