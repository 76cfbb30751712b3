import Logging
import Simulation
import Testing

@testable import AMQP

@Suite("A register on a broker", .timeLimit(.minutes(1)))
struct RegisterTests {
    private static let queue = "the.register"

    @Test("the first value stays until it is replaced; later offers change nothing")
    func firstStays() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let register = Self.register(broker, clock)
            #expect(try await register.look(offering: "a") == ["a"])
            #expect(try await register.look(offering: "b") == ["a"])
            try await register.set("c")
            #expect(try await register.look(offering: "d") == ["c"])
            #expect(broker.ready(in: Self.queue).map(\.body) == [Array("c".utf8)])
            #expect(broker.ready(in: Self.queue).first?.deliveryMode == 2)
        }
    }

    @Test("who offers nothing finds nothing and leaves nothing")
    func offersNothing() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let register = Self.register(broker, clock)
            for _ in 0..<2 {
                let count = try await register.hold(offering: nil) { (.keep, $0.count) }
                #expect(count == 0)
            }
            #expect(broker.ready(in: Self.queue).isEmpty)
            #expect(try await register.look(offering: "a") == ["a"])
            let values = try await register.hold(offering: nil) { (.keep, $0) }
            #expect(values == [Array("a".utf8)])
        }
    }

    @Test("of many that begin at once, all read the same head", arguments: 0..<40 as Range<UInt64>)
    func manyAtOnce(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let broker = SimulatedBroker(clock: clock)
            let heads = await withTaskGroup(of: String?.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        let register = Self.register(broker, clock)
                        for _ in 0..<200 {
                            if let values = try? await register.look(offering: "\(number)") { return values.first }
                            try? await clock.sleep(for: .milliseconds(50))
                        }
                        return nil
                    }
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(heads.count == 6 && Set(heads).count == 1 && heads.first != .some(nil))
        }
    }

    @Test("who reads while another holds it is refused, and told so")
    func exclusive() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let (first, second) = (Self.register(broker, clock), Self.register(broker, clock))
            _ = try await first.hold(offering: Array("a".utf8)) { _ in
                let error = await #expect(throws: AMQPError.self) { try await second.look(offering: "b") }
                #expect(error?.replyCode == 403)
                return (.keep, 0)
            }
            let values = try await second.look(offering: "b")
            #expect(values.first == "a")
        }
    }

    @Test(
        "whoever replaces the value dies as it publishes, before the broker took it or after: the head stays",
        arguments: [SimulatedBroker.Moment.before, .after]
    )
    func death(moment: SimulatedBroker.Moment) async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let register = Self.register(broker, clock)
            #expect(try await register.look(offering: "old") == ["old"])
            broker.loseConnection(atPublish: 1, moment)
            await #expect(throws: AMQPError.self) { try await register.set("new") }
            let values = try await register.look(offering: "other")
            #expect(values.first == "old")
            #expect(Set(values).isSubset(of: ["old", "new"]))
            try await register.set("next")
            #expect(try await register.look(offering: "other") == ["next"])
        }
    }

    @Test(
        "whoever offers the first value dies as it publishes: the next one finds it or offers its own",
        arguments: [SimulatedBroker.Moment.before, .after]
    )
    func deathOfTheFirst(moment: SimulatedBroker.Moment) async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let register = Self.register(broker, clock)
            broker.loseConnection(atPublish: 1, moment)
            await #expect(throws: AMQPError.self) { try await register.look(offering: "first") }
            let values = try await register.look(offering: "second")
            #expect(values == (moment == .before ? ["second"] : ["first"]))
        }
    }

    @Test("a holder that is frozen for long leaves nothing behind the head that stands in anybody's way")
    func frozenHolder() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let (first, second) = (Self.register(broker, clock), Self.register(broker, clock))
            _ = try await first.hold(offering: Array("a".utf8)) { _ in
                for _ in 0..<200 {
                    await #expect(throws: AMQPError.self) { try await second.look(offering: "b") }
                }
                return (.keep, 0)
            }
            try await second.set("c")
            #expect(try await second.look(offering: "b") == ["c"])
        }
    }

    @Test("what others publish while it is held does not become the head")
    func strays() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let register = Self.register(broker, clock)
            _ = try await register.look(offering: "old")
            _ = try await register.hold(offering: []) { values in
                #expect(values.first == Array("old".utf8))
                var message = AMQPMessage(body: Array("stray".utf8))
                message.deliveryMode = 2
                broker.publish(
                    OutgoingMessage(exchange: "", routingKey: Self.queue, mandatory: false, message: message)
                )
                return (.replace(Array("new".utf8)), 0)
            }
            #expect(try await register.look(offering: "other") == ["new"])
        }
    }

    @Test("without its queue, and not allowed to declare it, it says so")
    func noQueue() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            for mode in [Topology.Mode.off, .verify] {
                let error = await #expect(throws: AMQPError.self) {
                    try await Self.register(broker, clock, mode).look(offering: "a")
                }
                #expect(error?.replyCode == 404 && error?.message.contains("declare it") == true)
            }
        }
    }

    @Test("a broker that does not answer is not waited for beyond the limit")
    func bounded() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let register = Self.register(broker, clock)
            broker.holdAnswers()
            let start = clock.elapsed
            await #expect(throws: AMQPError.self) { try await register.look(offering: "a") }
            #expect(clock.elapsed - start < .seconds(11))
            broker.releaseAnswers()
            broker.block()
            await #expect(throws: AMQPError.self) { try await register.set("b") }
        }
    }

    @Test("nodes that do not answer take no time from the visit: what is there is found, and getting in has a limit")
    func deadNodes() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            _ = try await Self.register(broker, clock).look(offering: "old")
            let halfDead = Self.register(HalfDeadCluster(broker: broker, clock: clock), clock, hosts: ["dead", "node"])
            let start = clock.elapsed
            #expect(try await halfDead.look(offering: "new") == ["old"])
            #expect(clock.elapsed - start < .seconds(10))
            let dead = Self.register(HalfDeadCluster(broker: broker, clock: clock), clock, hosts: ["dead", "dead"])
            await #expect(throws: AMQPError.self) { try await dead.look(offering: "new") }
            #expect(clock.elapsed - start < .seconds(20))
        }
    }

    @Test("what was not waited for to its end is not taken for all there is")
    func cutShort() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            _ = try await Self.register(broker, clock).look(offering: "old")
            let error = await #expect(throws: AMQPError.self) {
                try await QueueVisit.with(
                    [Self.endpoint("node")],
                    as: "visit",
                    over: broker,
                    clock: clock,
                    random: 0,
                    within: .seconds(1)
                ) { visit throws(AMQPError) in
                    try await visit.consume(Self.queue, prefetch: 10)
                    return try await visit.deliveries(quietFor: .seconds(2)).count
                }
            }
            #expect(error?.code == .timedOut)
        }
    }

    private static func endpoint(_ host: String) -> AMQPEndpoint {
        AMQPEndpoint(
            host: host,
            port: 5672,
            virtualHost: "/",
            user: "guest",
            password: { "secret" },
            tls: nil,
            settings: ConnectionSettings()
        )
    }

    private static func register(
        _ broker: any AMQPTransport,
        _ clock: SimulatedClock,
        _ mode: Topology.Mode = .declare,
        hosts: [String] = ["node"]
    ) -> AMQPRegister {
        AMQPRegister(
            queue: queue,
            mode: mode,
            endpoints: hosts.map(endpoint),
            connectionName: "register",
            transport: broker,
            clock: clock,
            random: { 0 }
        )
    }
}

/// Nodes by the name of `dead` take the connection and say nothing.
private struct HalfDeadCluster: AMQPTransport {
    let broker: SimulatedBroker
    let clock: SimulatedClock

    func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection {
        guard endpoint.host == "dead" else { return try await broker.connect(to: endpoint, name: name) }
        try? await clock.sleep(for: endpoint.settings.connectTimeout)
        throw AMQPError(.timedOut, "no answer")
    }
}

extension AMQPRegister {
    fileprivate func look(offering first: String) async throws(AMQPError) -> [String] {
        try await hold(offering: Array(first.utf8)) { values in
            (.keep, values.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    fileprivate func set(_ value: String) async throws(AMQPError) {
        try await hold(offering: Array("-".utf8)) { _ in (.replace(Array(value.utf8)), ()) }
    }
}
