import AMQP
import Testing

@Suite("Endpoints from URIs")
struct AMQPEndpointTests {
    struct Parts: Hashable, Sendable {
        var user = "guest"
        var password = "guest"
        var host = "localhost"
        var port: UInt16 = 5672
        var virtualHost = "/"
        var isSecure = false
    }

    private static func endpoint(_ uri: String) throws(AMQPError) -> AMQPEndpoint {
        try AMQPEndpoint(uri: uri, tls: TLSSettings(caFile: "ca.pem"), settings: ConnectionSettings())
    }

    /// The examples of RabbitMQ's URI specification, and what it leaves open.
    @Test(
        "are read as the specification says",
        arguments: [
            (
                "amqp://user:pass@host:10000/vhost",
                Parts(user: "user", password: "pass", host: "host", port: 10000, virtualHost: "vhost")
            ),
            (
                "amqp://user%61:%61pass@ho%61st:10000/v%2fhost",
                Parts(user: "usera", password: "apass", host: "hoast", port: 10000, virtualHost: "v/host")
            ),
            ("amqp://", Parts()),
            ("amqp://:@/", Parts(user: "", password: "", virtualHost: "")),
            ("amqp://user@", Parts(user: "user")),
            ("amqp://user:pass@", Parts(user: "user", password: "pass")),
            ("amqp://host", Parts(host: "host")),
            ("amqp://:10000", Parts(port: 10000)),
            ("amqp:///vhost", Parts(virtualHost: "vhost")),
            ("amqp://host/", Parts(host: "host", virtualHost: "")),
            ("amqp://host/%2f", Parts(host: "host")),
            ("amqp://host/%2F", Parts(host: "host")),
            ("amqp://[::1]", Parts(host: "::1")),
            ("amqp://user@[fe80::1%25eth0]:1", Parts(user: "user", host: "fe80::1%eth0", port: 1)),
            ("amqps://host", Parts(host: "host", port: 5671, isSecure: true)),
            ("AMQPS://host:65535", Parts(host: "host", port: 65535, isSecure: true)),
            ("amqp://u:p%40%3a%2F%25@host", Parts(user: "u", password: "p@:/%", host: "host")),
            ("amqp://u:@host", Parts(user: "u", password: "", host: "host")),
            ("amqp://h%C3%BCgel", Parts(host: "hügel")),
            ("amqp://host:", Parts(host: "host")),
        ]
    )
    func valid(uri: String, parts: Parts) throws {
        let endpoint = try Self.endpoint(uri)
        #expect(
            Parts(
                user: endpoint.user,
                password: try endpoint.password(),
                host: endpoint.host,
                port: endpoint.port,
                virtualHost: endpoint.virtualHost,
                isSecure: endpoint.tls != nil
            ) == parts
        )
        #expect(endpoint.tls?.caFile == (parts.isSecure ? "ca.pem" : nil))
    }

    @Test(
        "are refused with a reason, and without the password",
        arguments: [
            ("", "amqp://"), ("host", "amqp://"), ("http://u:s3cret@host", "amqp://"), ("amqp:/host", "amqp://"),
            ("amqp://u:s3cret@host/a/b", "%2f"), ("amqp://u:s3cret@host?heartbeat=1", "parameters"),
            ("amqp://u:s3cret@host#x", "parameters"), ("amqp://u:s3cr#et@host", "parameters"),
            ("amqp://u:s3cret@x@host", "%40"), ("amqp://u:s3cret:x@host", "%3a"),
            ("amqp://u:s3cret%4@host", "password"), ("amqp://u:s3cret%zz@host", "password"),
            ("u:s3cret@host://vhost@", "amqp"), ("amqp:u:s3cret@host", "amqp"),
            ("amqp://u:s3cret%00@host", "password"), ("amqp://u:s3cret%ff@host", "password"),
            ("amqp://%ff:s3cret@host", "user"), ("amqp://u:s3cret@host/%ff", "virtual host"),
            ("amqp://u:s3cret@host:0", "port"), ("amqp://u:s3cret@host:65536", "port"),
            ("amqp://u:s3cret@host:+80", "port"), ("amqp://u:s3cret@host:x", "port"),
            ("amqps://u:s3cret/copies", "port"), ("amqp://u:s3cret", "port"), ("amqp://u:1s3cr/et", "port"),
            ("amqp://u:s3cret@::1", "brackets"), ("amqp://u:s3cret@[::1", "]"), ("amqp://u:s3cret@[host]", "IPv6"),
            ("amqp://u:s3cret@[::1]5672", ":"), ("amqp://u:s3cret@ho st", "host name"),
            ("amqp://u:s3cret@ho%0ast", "host name"),
            ("amqp://u:s3cret@host/\(String(repeating: "v", count: 256))", "255"),
        ]
    )
    func invalid(uri: String, reason: String) throws {
        let error = try #require(Result { () throws(AMQPError) in try Self.endpoint(uri) }.error)
        #expect(error.code == .invalid)
        #expect(error.message.contains(reason))
        #expect(!error.message.contains("s3cr"))
    }

    @Test("show everything but the password")
    func description() throws {
        #expect("\(try Self.endpoint("amqp://u:s3cret@host/%2f"))" == "amqp://u@host:5672")
        #expect("\(try Self.endpoint("amqps://u:s3cret@[::1]/v"))" == "amqps://u@[::1]:5671/v")
        #expect("\(try Self.endpoint("amqp://u:s3cret@host/"))" == "amqp://u@host:5672/")
        var dumped = ""
        dump(try Self.endpoint("amqp://u:s3cret@host"), to: &dumped)
        #expect(!dumped.contains("s3cret"))
    }

    @Test("take the password from elsewhere, and from one place only")
    func passwordFromElsewhere() throws {
        let settings = ConnectionSettings()
        let endpoint = try AMQPEndpoint(
            uri: "amqp://u@host",
            password: { "elsewhere" },
            tls: TLSSettings(),
            settings: settings
        )
        #expect(try endpoint.password() == "elsewhere")
        let error = try #require(
            Result { () throws(AMQPError) in
                try AMQPEndpoint(uri: "amqp://u:s3cret@host", password: { "x" }, tls: TLSSettings(), settings: settings)
            }.error
        )
        #expect(!error.message.contains("s3cret"))
    }

    @Test("refuse a heartbeat under a second, which would turn it off", arguments: [Duration.zero, .milliseconds(999)])
    func heartbeat(heartbeat: Duration) {
        var settings = ConnectionSettings()
        settings.heartbeat = heartbeat
        let refused = Result { [settings] () throws(AMQPError) in
            try AMQPEndpoint(uri: "amqp://host", tls: TLSSettings(), settings: settings)
        }
        #expect(refused.error?.code == .invalid)
    }
}
