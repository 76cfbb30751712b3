import Glibc

/// A RabbitMQ that belongs to this test process: own node, ports, epmd, cookie and files, gone with the process however
/// that ends. `deploy/private-broker` knows how.
package actor PrivateBroker {
    /// Nobody may stop, alarm or cut this one off: tests run against it side by side.
    package static func steady() async throws -> PrivateBroker { try await steadyStart.value }

    /// The one to stop, kill and alarm, in a serialized suite.
    package static func disturbed() async throws -> PrivateBroker { try await disturbedStart.value }

    private static let steadyStart = Task { try await PrivateBroker.start() }
    private static let disturbedStart = Task { try await PrivateBroker.start() }

    package nonisolated let port: UInt16
    package nonisolated let tlsPort: UInt16
    package nonisolated let directory: String
    /// Ends the broker when its standard input ends, with this value or with this process.
    private let holder: ChildProcess

    /// Starts a further broker, which lives as long as this value.
    package static func start() async throws -> PrivateBroker {
        let directory = "\(base)/private-broker-\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 16))"
        let holder = try ChildProcess(script, ["hold", directory, "--tls"])
        let numbers = (await holder.line() ?? "").split(separator: " ")
        guard numbers.count == 3, let port = UInt16(numbers[0]), let tlsPort = UInt16(numbers[2]) else {
            holder.closeInput()
            let (_, output, errors) = await holder.end()
            throw ChildProcess.Failure("There is no private broker: \(errors)\(output)")
        }
        return PrivateBroker(port: port, tlsPort: tlsPort, directory: directory, holder: holder)
    }

    /// Where brokers keep their files: in memory, if there is room. While builds keep the disk busy a broker on it
    /// refuses consumers with INTERNAL_ERROR, because its quorum queues do not get to write within five seconds. Nodes
    /// are killed and stopped here, never the machine.
    private static let base: String = {
        let memory = "/dev/shm"
        var room = statvfs()
        guard unsafe statvfs(memory, &room) == 0, unsafe access(memory, W_OK) == 0 else { return "/tmp" }
        return UInt64(room.f_bavail) * UInt64(room.f_frsize) > 2 << 30 ? memory : "/tmp"
    }()

    private init(port: UInt16, tlsPort: UInt16, directory: String, holder: ChildProcess) {
        self.port = port
        self.tlsPort = tlsPort
        self.directory = directory
        self.holder = holder
    }

    /// Ends the broker and waits until its files are gone.
    package func end() async {
        holder.closeInput()
        _ = await holder.end()
    }

    /// kill -9.
    package func kill() async throws { try await order("kill") }

    /// An orderly end of the node; its files stay.
    package func stop() async throws { try await order("stop") }

    /// Starts the node again after `kill` or `stop`, on the same ports; returns when it is ready.
    package func resume() async throws { try await order("resume") }

    private func order(_ order: String) async throws {
        holder.write(order + "\n")
        let answer = await holder.line()
        guard answer == "done" else {
            throw ChildProcess.Failure("The private broker answered '\(answer ?? "nothing")' to '\(order)'")
        }
    }

    /// A file of the broker's TLS material: `ca.pem`, `other-ca.pem`, `server.pem`, `client.pem`, `client.key`.
    package nonisolated func tlsFile(_ name: String) -> String { "\(directory)/tls/\(name)" }

    /// rabbitmqctl, about a second.
    @discardableResult
    package nonisolated func control(_ arguments: String...) async throws -> String {
        try await Command.run(Self.script, ["ctl", directory] + arguments)
    }

    /// Evaluates an Erlang expression in the node, in some milliseconds.
    @discardableResult
    package nonisolated func evaluate(_ expression: String) async throws -> String {
        let answer = try await Command.run(Self.script, ["eval", directory], input: expression)
        guard answer.contains("{ok, ") else { throw ChildProcess.Failure("\(expression): \(answer)") }
        return answer
    }

    /// `deploy/private-broker` of this source tree.
    package static let script =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/deploy/private-broker"
}
