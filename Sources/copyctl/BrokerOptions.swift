import AMQP
import ArgumentParser
import CommandLineClient
import Foundation
import Logging
import RabbitMQTransport

/// How to reach the broker; the same for every command.
struct BrokerOptions: ParsableArguments {
    @Option(
        name: .customLong("broker"),
        help: ArgumentHelp(
            "A node of the broker: amqp://user@host:5672/vhost or amqps://…; may be given several times.",
            discussion: "Else COPYCTL_BROKER (several with blanks between), else amqp://localhost.",
            valueName: "uri"
        )
    )
    var brokers: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file that holds the broker's password; else COPYCTL_PASSWORD, else the URI's.",
            valueName: "file"
        )
    )
    var passwordFile: String?

    @Option(help: ArgumentHelp("amqps: the authorities to trust, in PEM.", valueName: "file"))
    var caFile: String?

    @Option(help: ArgumentHelp("amqps: the client's certificate, in PEM.", valueName: "file"))
    var certificateFile: String?

    @Option(help: ArgumentHelp("amqps: the key of the client's certificate, in PEM.", valueName: "file"))
    var keyFile: String?

    @Flag(help: "amqps: accept a certificate that is made out for another host.")
    var noHostnameCheck = false

    @Option(help: ArgumentHelp("The exchange of outcomes and rejections.", valueName: "name"))
    var resultsExchange = "copy.results"

    @Option(help: ArgumentHelp("The exchange of progress.", valueName: "name"))
    var progressExchange = "copy.progress"

    @Flag(name: .shortAndLong, help: "Log what happens on the connection, to standard error.")
    var verbose = false

    func validate() throws {
        guard (certificateFile == nil) == (keyFile == nil) else {
            throw ValidationError("--certificate-file and --key-file belong together")
        }
    }

    func access() throws -> BrokerAccess {
        let environment = ProcessInfo.processInfo.environment
        var uris = brokers
        if uris.isEmpty { uris = environment["COPYCTL_BROKER", default: ""].split(separator: " ").map(String.init) }
        if uris.isEmpty { uris = ["amqp://localhost"] }
        let tls = TLSSettings(
            caFile: caFile,
            certificateFile: certificateFile,
            keyFile: keyFile,
            verifyHostname: !noHostnameCheck
        )
        let endpoints: [AMQPEndpoint]
        do throws(AMQPError) {
            endpoints = try BrokerAccess.endpoints(uris: uris, password: try password(environment), tls: tls)
        } catch {
            throw ValidationError(error.message)
        }
        return BrokerAccess(
            endpoints: endpoints,
            transport: RabbitMQTransport(),
            clock: ContinuousClock(),
            random: { .random(in: 0...1) },
            logger: logger,
            resultsExchange: resultsExchange,
            progressExchange: progressExchange
        )
    }

    private func password(_ environment: [String: String]) throws(AMQPError) -> String? {
        guard let passwordFile else { return environment["COPYCTL_PASSWORD"] }
        do {
            return BrokerAccess.password(fromFile: try String(contentsOfFile: passwordFile, encoding: .utf8))
        } catch {
            throw AMQPError(.invalid, "the password file \(passwordFile) cannot be read: \(error.localizedDescription)")
        }
    }

    private var logger: Logger {
        guard verbose else { return Logger(label: "copyctl") { _ in SwiftLogNoOpLogHandler() } }
        var logger = Logger(label: "copyctl") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .debug
        return logger
    }
}
