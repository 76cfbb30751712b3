import AMQP
import Simulation
import Testing

@Suite("Publisher, ended at any time")
struct AMQPPublisherEndTests {
    enum Moment: CaseIterable {
        case connecting, waitingForTheNextTry, preparing, idle, unconfirmed, blocked, refused

        func arrange(_ scene: Scene) {
            switch self {
            case .connecting: scene.broker.stopAnswering()
            case .waitingForTheNextTry: scene.broker.goDown()
            case .unconfirmed: scene.broker.holdAnswers()
            case .blocked: scene.broker.block()
            case .refused: scene.broker.nackNext(1000)
            case .preparing, .idle: break
            }
        }

        func reach(_ scene: Scene) async throws {
            switch self {
            case .preparing: await scene.broker.wait { $0.connectionCount == 1 }
            case .connecting, .idle: try await scene.clock.sleep(for: .seconds(3))
            case .waitingForTheNextTry, .refused: try await scene.clock.sleep(for: .seconds(100))
            case .unconfirmed: await scene.broker.wait { $0.heldAnswerCount == 1 }
            case .blocked: try await scene.clock.sleep(for: .seconds(10))
            }
        }
    }

    @Test(
        "with a message outstanding, shutting down takes its limit and no longer",
        arguments: Moment.allCases,
        0..<5 as Range<UInt64>
    )
    func shutDown(moment: Moment, seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            moment.arrange(scene)
            let publisher = scene.publisher()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await publisher.run() }
                group.addTask {
                    switch await publisher.outcome(of: .job("a")) {
                    case .success(let publication):
                        #expect(publication == .confirmed)
                        #expect(moment == .preparing || moment == .idle)
                    case .failure(let error):
                        #expect(error.code == .closedByUs)
                        #expect(moment != .idle)
                    }
                }
                try await moment.reach(scene)
                let begun = clock.elapsed
                await publisher.shutDown()
                #expect(clock.elapsed - begun <= .seconds(11))
                try await group.waitForAll()
            }
            #expect(publisher.status.phase == .closed)
            #expect(publisher.status.outstanding == 0)
            #expect(scene.broker.connectionCount == 0)
            #expect(await publisher.outcome(of: .job("late")).error?.code == .closedByUs)
        }
    }

    @Test(
        "without anything outstanding, shutting down is done at once",
        arguments: Moment.allCases,
        0..<5 as Range<UInt64>
    )
    func shutDownIdle(moment: Moment, seed: UInt64) async throws {
        guard moment != .unconfirmed else { return }
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            moment.arrange(scene)
            let publisher = scene.publisher()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await publisher.run() }
                try await moment.reach(scene)
                let begun = clock.elapsed
                await publisher.shutDown()
                try await group.waitForAll()
                #expect(clock.elapsed == begun)
            }
            #expect(scene.broker.connectionCount == 0)
        }
    }

    @Test("shutting down waits for the confirm that is on its way", arguments: 0..<10)
    func waitsForConfirm(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.holdAnswers()
            let publisher = scene.publisher()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await publisher.run() }
                group.addTask { await publisher.expectConfirmed(.job("a")) }
                group.addTask {
                    await scene.broker.wait { $0.heldAnswerCount == 1 }
                    try await clock.sleep(for: .seconds(8))
                    scene.broker.releaseAnswers()
                }
                await scene.broker.wait { $0.heldAnswerCount == 1 }
                await publisher.shutDown()
                #expect(clock.elapsed >= .seconds(8))
                #expect(clock.elapsed <= .seconds(9))
                try await group.waitForAll()
            }
        }
    }

    @Test("shutting down before it ever ran leaves nobody waiting")
    func shutDownBeforeRun() async throws {
        try await VirtualTime.run { clock in
            let publisher = Scene(clock: clock).publisher()
            await withTaskGroup { group in
                group.addTask {
                    #expect(await publisher.outcome(of: .job("a")).error?.code == .closedByUs)
                }
                await Task.yield()
                await publisher.shutDown()
            }
            try await publisher.run()
        }
    }

    @Test("cancelling its task ends it and every sender's wait", arguments: Moment.allCases, 0..<5 as Range<UInt64>)
    func cancel(moment: Moment, seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            moment.arrange(scene)
            let publisher = scene.publisher()
            try await withThrowingTaskGroup(of: Void.self) { senders in
                senders.addTask { _ = try? await publisher.publish(.job("a")) }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await publisher.run() }
                    try await moment.reach(scene)
                    let begun = clock.elapsed
                    group.cancelAll()
                    try await group.waitForAll()
                    #expect(clock.elapsed == begun)
                }
                try await senders.waitForAll()
            }
            #expect(publisher.status.phase == .closed)
            #expect(publisher.status.outstanding == 0)
            #expect(scene.broker.connectionCount == 0)
        }
    }

    @Test(
        "a cancelled sender waits no longer, and the others still get theirs",
        arguments: Moment.allCases,
        0..<5 as Range<UInt64>
    )
    func cancelSender(moment: Moment, seed: UInt64) async throws {
        guard moment != .idle, moment != .preparing else { return }
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            moment.arrange(scene)
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                try await withThrowingTaskGroup(of: Void.self) { patient in
                    patient.addTask { await publisher.expectConfirmed(.job("patient")) }
                    await withTaskGroup { group in
                        group.addTask {
                            #expect(await publisher.outcome(of: .job("impatient")).error?.code == .closedByUs)
                        }
                        try? await clock.sleep(for: .seconds(4))
                        group.cancelAll()
                    }
                    #expect(publisher.status.outstanding == 1)
                    scene.broker.stopAnswering(false)
                    scene.broker.comeBack()
                    scene.broker.releaseAnswers()
                    scene.broker.unblock()
                    scene.broker.nackNext(0)
                    try await patient.waitForAll()
                }
            }
            #expect(scene.broker.record.accepted.map(\.message.messageID).contains("patient"))
        }
    }

    @Test("what a person must mend ends it, and tells the senders why")
    func fatal() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.refuseConnections([AMQPError(.loginRefused, "ACCESS_REFUSED for guest")])
            let publisher = scene.publisher()
            await withTaskGroup { group in
                group.addTask {
                    let outcome = await publisher.outcome(of: .job("a"))
                    guard case .failure(let error) = outcome else {
                        Issue.record("nobody confirmed it")
                        return
                    }
                    #expect(error.code == .closedByUs)
                    #expect(error.message.contains("ACCESS_REFUSED for guest"))
                }
                let error = await #expect(throws: AMQPError.self) { try await publisher.run() }
                #expect(error?.code == .loginRefused)
            }
        }
    }
}
