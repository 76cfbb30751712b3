import AMQP
import CommandLineClient
import Logging
import Simulation

extension BrokerAccess {
    /// To a simulated broker, by each of these names in turn.
    static func simulated(
        _ broker: SimulatedBroker,
        _ clock: SimulatedClock,
        hosts: [String] = ["localhost"]
    ) -> BrokerAccess {
        let dice = SeededDice(seed: 1)
        return BrokerAccess(
            endpoints: hosts.map { host in
                AMQPEndpoint(
                    host: host,
                    port: 5672,
                    virtualHost: "/",
                    user: "guest",
                    password: { "guest" },
                    tls: nil,
                    settings: ConnectionSettings()
                )
            },
            transport: broker,
            clock: clock,
            random: { dice.roll() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}
