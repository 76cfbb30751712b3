import AMQP

/// Connects as the worker would, with stops at the confirms of outcomes.
struct MortalTransport: AMQPTransport {
    private let transport: any AMQPTransport
    private let fate: Fate

    init(_ transport: any AMQPTransport, fate: Fate) {
        self.transport = transport
        self.fate = fate
    }

    func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection {
        MortalConnection(try await transport.connect(to: endpoint, name: name), fate: fate)
    }
}
