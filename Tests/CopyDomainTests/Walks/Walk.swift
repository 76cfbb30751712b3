import Testing

@testable import CopyDomain

/// How bad the weather is.
struct Climate {
    var lost: Double
    var throttled: Double
    var refused: Double
    var deaths: Double
    var withdrawn: Double
    var stop: Timestamp?
    var stopIsCancel: Bool

    init(using generator: inout SeededGenerator) {
        lost = [0, 5, 25].randomElement(using: &generator) ?? 0
        throttled = [0, 5, 25].randomElement(using: &generator) ?? 0
        refused = [0, 0, 2].randomElement(using: &generator) ?? 0
        deaths = [0, 3, 15].randomElement(using: &generator) ?? 0
        withdrawn = [0, 10, 50].randomElement(using: &generator) ?? 0
        stop = generator.happens(50) ? noon + generator.seconds(0...200) : nil
        stopIsCancel = generator.happens(50)
    }
}

/// One run of a machine in a bad world, driven as the contract says: tell, save, act.
struct Walk<Azure: SimulatedAzure> {
    typealias Machine = Azure.Machine
    typealias Event = MachineEvent<Machine.Answer>

    private(set) var azure: Azure
    private(set) var machine: Machine
    private(set) var now = noon
    private(set) var conclusion: Conclusion?
    private(set) var violations: [String] = []
    private(set) var steps = 0

    private var saved: Machine
    private var generator: SeededGenerator
    private let climate: Climate
    private let deadline: Timestamp
    private var wasToldDeadline = false
    private var wasToldStop = false
    /// Calls with a side effect that nobody knows the fate of.
    private var open: [Machine.Call] = []

    init(_ machine: Machine, in azure: Azure, seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        climate = Climate(using: &generator)
        self.machine = machine
        self.azure = azure
        saved = machine
        deadline = noon + .seconds(1800)
    }

    /// Lives through the whole run.
    mutating func run() {
        var event: Event = .begun
        while conclusion == nil, steps < 20_000 {
            steps += 1
            event = act(on: tell(event))
        }
    }

    private mutating func tell(_ event: Event) -> MachineAction<Machine.Call> {
        let before = machine
        let action = machine.receive(event, at: now)
        check(action.performed == machine.intent?.call, "a side effect and its intent are not the same")
        check(machine.obligations.starts(with: before.obligations), "an obligation was forgotten")
        check(machine.targetIDs.starts(with: before.targetIDs), "a target id was forgotten")
        return action
    }

    /// Saves, acts, and comes back with the next event; or dies at one of the worst moments.
    private mutating func act(on action: MachineAction<Machine.Call>) -> Event {
        if let stop = stopEvent() { return stop }
        if generator.happens(climate.deaths) { return die() }
        if action.performed != nil, generator.happens(climate.withdrawn) { return withdraw() }
        saved = machine
        if generator.happens(climate.deaths) { return die() }
        switch action {
        case .ask(let call):
            return send(call)
        case .perform(let call):
            check(azure.mayRepeat(call) || !open.contains(call), "repeated with an open fate: \(call)")
            return send(call)
        case .poll(let call):
            pass(.seconds(1))
            return send(call)
        case .wait(let wait):
            pass(wait.duration - generator.seconds(0...1) * wait.jitter)
            return .elapsed
        case .reserve:
            if generator.happens(20) {
                pass(.seconds(10))
                return die()
            }
            return .reserved
        case .finish(let conclusion):
            self.conclusion = conclusion
            if let success = conclusion.success {
                let unseen = azure.notLookedAt(beforeSuccessOf: success.targetID)
                check(unseen.isEmpty, "success without another look at \(unseen)")
                let isDoubted = success.warnings.contains { $0.hasPrefix("Whether the copy is whole") }
                check(isDoubted || !azure.isIncomplete(success.targetID), "success with an incomplete copy")
            }
            check(machine.receive(.resumed, at: now) == action, "another conclusion after the end")
            return .resumed
        }
    }

    private mutating func stopEvent() -> Event? {
        if !wasToldDeadline, now >= deadline {
            wasToldDeadline = true
            return .deadlineReached
        }
        if !wasToldStop, let stop = climate.stop, now >= stop {
            wasToldStop = true
            return climate.stopIsCancel ? .cancelRequested : .deadlineReached
        }
        return nil
    }

    /// There is no permit for the call: it waits for one without its intent.
    private mutating func withdraw() -> Event {
        machine.withdrawIntent()
        saved = machine
        pass(generator.seconds(0...5))
        return stopEvent() ?? .elapsed
    }

    private mutating func die() -> Event {
        machine = stored(saved)
        wasToldDeadline = false
        wasToldStop = false
        pass(generator.seconds(0...15))
        return .resumed
    }

    private mutating func send(_ call: Machine.Call) -> Event {
        let hasSideEffect = Azure.hasSideEffect(call)
        if generator.happens(climate.throttled) {
            let after: Duration? = generator.happens(50) ? generator.seconds(0...20) : nil
            return .failed(failure(.notDone(retryAfter: after), .throttled, status: 429))
        }
        if generator.happens(climate.refused) {
            return .failed(failure(.refused, .accessDenied, status: 403))
        }
        if generator.happens(climate.lost) {
            if hasSideEffect { azure.delay(call, at: now, using: &generator) }
            pass(generator.seconds(1...30))
            return lost(call, hasSideEffect: hasSideEffect)
        }
        pass(generator.seconds(0.01...0.5))
        let result = azure.serve(call, at: now, using: &generator)
        if generator.happens(climate.deaths) {
            if hasSideEffect { open.append(call) }
            return die()
        }
        if generator.happens(climate.lost) {
            pass(generator.seconds(1...29))
            return lost(call, hasSideEffect: hasSideEffect)
        }
        switch result {
        case .success(let answer):
            open.removeAll { azure.tells(call, fateOf: $0) }
            return .answered(answer, serviceDate: wholeSeconds(now + azure.skew))
        case .failure(let failure):
            return .failed(failure)
        }
    }

    private mutating func lost(_ call: Machine.Call, hasSideEffect: Bool) -> Event {
        if hasSideEffect { open.append(call) }
        return .failed(failure(hasSideEffect ? .unknown : .notDone(retryAfter: nil)))
    }

    private func wholeSeconds(_ moment: Timestamp) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds / 1000 * 1000)
    }

    private mutating func pass(_ duration: Duration) {
        now = now + max(duration, .zero)
        azure.advance(to: now)
    }

    private mutating func check(_ condition: Bool, _ violation: String) {
        if !condition { violations.append(violation) }
    }

    /// Lets a day and a half pass, pays what is owed, and says what is wrong with the world then.
    mutating func judge() -> [String] {
        guard let conclusion else { return ["the run did not end"] }
        let targetID = conclusion.success?.targetID
        let bound = deadline + .seconds(3 * 600) + .seconds(600)
        if climate.deaths == 0 { check(now <= bound, "the run ended too late") }
        pass(.seconds(36 * 3600))
        let unexplained = azure.unexplained(by: machine.obligations, targetID: targetID)
        check(unexplained.isEmpty, "left without a word: \(unexplained)")
        for obligation in machine.obligations { azure.pay(obligation) }
        let isAsLeft = conclusion.success?.alreadyThere == true && azure.finished.isEmpty
        check(isAsLeft || azure.finished == (targetID.map { [$0] } ?? []), "finished in the end: \(azure.finished)")
        return violations + azure.violations
    }
}
