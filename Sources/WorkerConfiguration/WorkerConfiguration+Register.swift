package import AMQP
import CopyRuntime

extension WorkerConfiguration {
    /// The register of the journal that the workers of these queues share, for people's tools.
    ///
    /// - Parameter isReadOnly: nothing is declared either.
    package func register(
        connectionName: String,
        isReadOnly: Bool,
        transport: any AMQPTransport
    ) -> AMQPRegister {
        let mode = broker.topologyMode
        return AMQPRegister(
            queue: settings.names.journal,
            mode: isReadOnly && mode == .declare ? .verify : mode,
            endpoints: broker.nodes,
            connectionName: connectionName,
            transport: transport,
            clock: ContinuousClock(),
            random: { .random(in: 0..<1) }
        )
    }
}
