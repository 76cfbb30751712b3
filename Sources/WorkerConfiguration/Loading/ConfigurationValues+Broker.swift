import AMQP
import CopyDomain
import CopyRuntime
import Foundation

extension ConfigurationValues {
    /// The broker, the names on it, and the environment variables that hold its secrets.
    mutating func broker() -> (configuration: BrokerConfiguration, names: BrokerNames, variables: Set<String>) {
        let uris = list(Keys.Broker.nodes, shown: AMQPURI.redacted)
        let password = secret(
            variable: Keys.Broker.passwordEnv,
            file: Keys.Broker.passwordFile,
            named: nil,
            form: .password
        )
        let tls = tls(isUsed: uris.contains { $0.lowercased().hasPrefix("amqps:") })
        var connection = ConnectionSettings()
        connection.heartbeat = duration(Keys.Broker.heartbeat)
        connection.connectTimeout = duration(Keys.Broker.connectTimeout)
        connection.callTimeout = duration(Keys.Broker.callTimeout)
        if connection.heartbeat.components.attoseconds != 0 {
            report(Keys.Broker.heartbeat, "is no whole number of seconds", advice: "Write e.g. 15s.")
        }
        let configuration = BrokerConfiguration(
            nodes: nodes(uris, password: password.source, tls: tls, connection: connection),
            connectionName: connectionName(),
            topologyMode: choice(Keys.Broker.topology, of: Topology.Mode.self) ?? .declare
        )
        return (configuration, brokerNames(), password.variables)
    }

    private mutating func nodes(
        _ uris: [String],
        password: SecretSource?,
        tls: TLSSettings,
        connection: ConnectionSettings
    ) -> [AMQPEndpoint] {
        if uris.isEmpty, !isReported(Keys.Broker.nodes) {
            report(Keys.Broker.nodes, "names no node", advice: "Name at least one, e.g. [amqp://localhost].")
        }
        var nodes: [AMQPEndpoint] = []
        for uri in uris {
            do throws(AMQPError) {
                if let password {
                    nodes.append(
                        try AMQPEndpoint(
                            uri: uri,
                            password: { try password.read(as: .password).reveal() },
                            tls: tls,
                            settings: connection
                        )
                    )
                } else {
                    nodes.append(try AMQPEndpoint(uri: uri, tls: tls, settings: connection))
                }
            } catch {
                report(
                    Keys.Broker.nodes,
                    error.message,
                    advice: "Write amqp://USER@HOST:PORT/VHOST, and name the password's place with passwordEnv or "
                        + "passwordFile."
                )
            }
        }
        return nodes
    }

    private mutating func tls(isUsed: Bool) -> TLSSettings {
        let settings = TLSSettings(
            caFile: existingFile(Keys.Broker.caFile),
            certificateFile: existingFile(Keys.Broker.certificateFile),
            keyFile: existingFile(Keys.Broker.keyFile),
            verifyHostname: flag(Keys.Broker.verifyHostname)
        )
        if (settings.certificateFile == nil) != (settings.keyFile == nil) {
            report(
                settings.certificateFile == nil ? Keys.Broker.keyFile : Keys.Broker.certificateFile,
                "stands alone",
                advice: "Give both certificateFile and keyFile, or neither."
            )
        }
        if !isUsed, settings.caFile != nil || settings.certificateFile != nil {
            report(
                settings.caFile == nil ? Keys.Broker.certificateFile : Keys.Broker.caFile,
                "has no effect: no node is amqps://",
                advice: "Write the nodes as amqps://, or take the TLS files out."
            )
        }
        return settings
    }

    mutating func existingFile(_ key: ConfigurationKey) -> String? {
        guard let path = text(key) else { return nil }
        if !FileManager.default.isReadableFile(atPath: path) {
            report(key, "the file \(path) cannot be read", advice: "Check its path and its permissions.")
        }
        return path
    }

    private mutating func connectionName() -> String {
        let name = text(Keys.Broker.connectionName) ?? ""
        if name.utf8.count > 128 || !name.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            report(Keys.Broker.connectionName, "is no name", advice: "Write at most 128 printable ASCII characters.")
        }
        return name
    }

    private mutating func brokerNames() -> BrokerNames {
        var names = BrokerNames()
        names.requests = text(Keys.Broker.requests) ?? names.requests
        names.resume = text(Keys.Broker.resume) ?? names.resume
        names.retry = text(Keys.Broker.retry) ?? names.retry
        names.longRetry = text(Keys.Broker.longRetry) ?? names.longRetry
        names.commands = text(Keys.Broker.commands) ?? names.commands
        names.dead = text(Keys.Broker.dead) ?? names.dead
        names.parking = text(Keys.Broker.parking) ?? names.parking
        names.unroutedResults = text(Keys.Broker.unroutedResults) ?? names.unroutedResults
        names.journal = text(Keys.Broker.journal) ?? names.journal
        names.results = text(Keys.Broker.results) ?? names.results
        names.progress = text(Keys.Broker.progress) ?? names.progress
        let queues = [
            names.requests, names.resume, names.retry, names.longRetry, names.commands, names.dead, names.parking,
            names.unroutedResults, names.journal,
        ]
        check(Array(zip(Keys.Broker.queues, queues)), "queue")
        check(Array(zip(Keys.Broker.exchanges, [names.results, names.progress])), "exchange")
        return names
    }

    private mutating func check(_ names: [(key: ConfigurationKey, name: String)], _ what: String) {
        var taken: [String: ConfigurationKey] = [:]
        for (key, name) in names {
            if name.utf8.count > 255 || name.hasPrefix("amq.") || !name.utf8.allSatisfy({ (0x21..<0x7F).contains($0) })
            {
                report(
                    key,
                    "\"\(name.prefix(60))\" is no name for \(what)s",
                    advice: "Write at most 255 printable characters that do not begin with amq."
                )
            }
            if let other = taken[name] {
                report(
                    key,
                    "the \(what) \(name) is \(other.dotted) already",
                    advice: "Give each its own \(what)."
                )
            }
            taken[name] = key
        }
    }
}
