import AMQP
import Simulation
import Testing

@Suite("Topology")
struct TopologyTests {
    private func establish(_ topology: Topology, on broker: SimulatedBroker) async throws -> AMQPError? {
        let connection = try await broker.connect(to: Scene.endpoint(), name: "test")
        do throws(AMQPError) {
            try await topology.establish(on: connection)
            await connection.close()
            return nil
        } catch {
            return error
        }
    }

    @Test("declares exchanges, queues and bindings, and again without harm")
    func declares() async throws {
        let broker = SimulatedBroker()
        #expect(try await establish(Scene.topology, on: broker) == nil)
        #expect(try await establish(Scene.topology, on: broker) == nil)
        #expect(broker.hasExchange("results"))
        #expect(broker.publish(.job("a")))
        #expect(broker.ready(in: "jobs").count == 1)
    }

    @Test("only looks when it is to verify")
    func verifies() async throws {
        let broker = SimulatedBroker()
        var topology = Scene.topology
        topology.mode = .verify
        let exchangeError = try #require(try await establish(topology, on: broker))
        #expect(exchangeError.replyCode == 404)
        #expect(exchangeError.message.contains("the topic exchange 'results'"))
        broker.declare(Topology(mode: .declare, exchanges: [Scene.results], queues: [Scene.jobs]))
        let queueError = try #require(try await establish(topology, on: broker))
        #expect(queueError.message.contains("the queue 'other'"))
        #expect(!broker.hasQueue("other"))
        broker.declare(Topology(mode: .declare, queues: [Scene.other]))
        #expect(try await establish(topology, on: broker) == nil)
    }

    @Test("touches nothing when it is off")
    func off() async throws {
        let broker = SimulatedBroker()
        var topology = Scene.topology
        topology.mode = .off
        #expect(try await establish(topology, on: broker) == nil)
        #expect(!broker.hasQueue("jobs"))
    }

    @Test("says which queue, exchange or binding does not match, and what to do")
    func mismatches() async throws {
        let broker = SimulatedBroker()
        broker.declare(
            Topology(
                mode: .declare,
                exchanges: [ExchangeDeclaration(name: "results", type: "fanout")],
                queues: [QueueDeclaration(name: "jobs", durable: false)]
            )
        )
        let queue = try #require(try await establish(Topology(mode: .declare, queues: [Scene.jobs]), on: broker))
        #expect(queue.replyCode == 406)
        #expect(queue.message.contains("the queue 'jobs' already, but with other settings: delete it"))
        #expect(queue.message.contains("inequivalent"))
        let exchange = try #require(
            try await establish(Topology(mode: .declare, exchanges: [Scene.results]), on: broker)
        )
        #expect(exchange.message.contains("the topic exchange 'results'"))
        let binding = Binding(queue: "jobs", exchange: "nowhere", routingKey: "#")
        let error = try #require(try await establish(Topology(mode: .declare, bindings: [binding]), on: broker))
        #expect(error.message.contains("bind the queue 'jobs' to the exchange 'nowhere'"))
    }
}
