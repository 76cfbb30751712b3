import AMQP
import CopyRuntime

extension Keys {
    enum Broker {
        private static let connection = ConnectionSettings()
        private static let standard = BrokerNames()

        static let nodes = ConfigurationKey(
            "broker.nodes",
            .list,
            required: true,
            secret: true,
            "the broker's nodes, tried in turn, each worker beginning with another: `amqp://USER@HOST:PORT/VHOST` or `amqps://`; what is left out is "
                + "guest, 5672 (amqps: 5671) and the virtual host `/`, which is `/%2F` when it is written: a `/` alone "
                + "is the one with the empty name"
        )
        static let passwordEnv = ConfigurationKey(
            "broker.passwordEnv",
            .text,
            "the environment variable that holds the password"
        )
        static let passwordFile = ConfigurationKey(
            "broker.passwordFile",
            .file,
            "the file that holds the password; read anew at every login"
        )
        static let caFile = ConfigurationKey(
            "broker.caFile",
            .file,
            "PEM file of the authorities to trust for amqps; without it the system's"
        )
        static let certificateFile = ConfigurationKey(
            "broker.certificateFile",
            .file,
            "PEM file of the client certificate, with `keyFile`"
        )
        static let keyFile = ConfigurationKey(
            "broker.keyFile",
            .file,
            "PEM file of the client certificate's key"
        )
        static let verifyHostname = ConfigurationKey(
            "broker.verifyHostname",
            .flag,
            default: "true",
            "whether the certificate has to name the host; its signature is always verified"
        )
        static let heartbeat = ConfigurationKey(
            "broker.heartbeat",
            .duration(.seconds(1) ... .seconds(300)),
            default: DurationText.format(connection.heartbeat),
            "the broker is given up within two of these without a sign of life; whole seconds"
        )
        static let connectTimeout = ConfigurationKey(
            "broker.connectTimeout",
            .duration(.milliseconds(100) ... .seconds(120)),
            default: DurationText.format(connection.connectTimeout),
            "how long a connection may take to come about"
        )
        static let callTimeout = ConfigurationKey(
            "broker.callTimeout",
            .duration(.milliseconds(100) ... .seconds(120)),
            default: DurationText.format(connection.callTimeout),
            "how long the broker may take to answer a call"
        )
        static let connectionName = ConfigurationKey(
            "broker.connectionName",
            .text,
            default: "copy-worker",
            "what the broker's own tools show"
        )
        static let topology = ConfigurationKey(
            "broker.topology",
            .choice(Topology.Mode.allCases.map(\.rawValue)),
            default: Topology.Mode.declare.rawValue,
            "declare queues and exchanges, only verify that they are there, or neither"
        )

        static let requests = name("requests", standard.requests, "queue of new requests")
        static let resume = name("resume", standard.resume, "queue of requests that are already under way")
        static let retry = name("retry", standard.retry, "queue in which requests wait before they come back")
        static let longRetry = name("longRetry", standard.longRetry, "the same for trouble that does not pass soon")
        static let commands = name("commands", standard.commands, "queue of commands: cancel a request")
        static let dead = name("dead", standard.dead, "queue of what the broker gave up on")
        static let parking = name("parking", standard.parking, "queue of messages that a person must look at")
        static let unroutedResults = name(
            "unroutedResults",
            standard.unroutedResults,
            "queue of outcomes that nobody listens for"
        )
        static let journal = name(
            "journal",
            standard.journal,
            "queue of one message: which journal the workers of these queues share"
        )
        static let results = name("results", standard.results, "exchange for outcomes")
        static let progress = name("progress", standard.progress, "exchange for progress")

        static let queues = [
            requests, resume, retry, longRetry, commands, dead, parking, unroutedResults, journal,
        ]
        static let exchanges = [results, progress]

        static let all =
            [
                nodes, passwordEnv, passwordFile, caFile, certificateFile, keyFile, verifyHostname, heartbeat,
                connectTimeout, callTimeout, connectionName, topology,
            ] + queues + exchanges

        private static func name(_ key: String, _ standard: String, _ meaning: String) -> ConfigurationKey {
            ConfigurationKey("broker.names.\(key)", .text, default: standard, meaning)
        }
    }
}
