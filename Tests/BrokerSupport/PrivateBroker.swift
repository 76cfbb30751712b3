import Foundation

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
    private let holder: Process
    private let orders: FileHandle
    private let answers: FileHandle

    /// Starts a further broker, which lives as long as this value.
    package static func start() async throws -> PrivateBroker {
        let directory = NSTemporaryDirectory() + "private-broker-\(getpid())-\(UUID().uuidString.prefix(8))"
        let process = Process()
        let (orders, answers, errors) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: script)
        process.arguments = ["hold", directory, "--tls"]
        process.standardInput = orders
        process.standardOutput = answers
        process.standardError = errors
        try process.run()
        // Ours would keep the script from seeing the end of its output's reader.
        try answers.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        let line = await line(from: answers.fileHandleForReading)
        let numbers = line.split(separator: " ").compactMap { UInt16($0) ?? (Int($0) == nil ? nil : 0) }
        guard numbers.count == 3 else {
            let complaints = (try? errors.fileHandleForReading.readToEnd()).map { String(decoding: $0, as: UTF8.self) }
            throw Command.Failure(description: "No private broker: \(line) \(complaints ?? "")")
        }
        return PrivateBroker(
            port: numbers[0],
            tlsPort: numbers[2],
            directory: directory,
            holder: process,
            orders: orders.fileHandleForWriting,
            answers: answers.fileHandleForReading
        )
    }

    private init(
        port: UInt16,
        tlsPort: UInt16,
        directory: String,
        holder: Process,
        orders: FileHandle,
        answers: FileHandle
    ) {
        self.port = port
        self.tlsPort = tlsPort
        self.directory = directory
        self.holder = holder
        self.orders = orders
        self.answers = answers
    }

    deinit {
        try? orders.close()
    }

    /// Ends the broker and waits until its files are gone.
    package func end() async throws {
        try orders.close()
        let holder = holder
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                holder.waitUntilExit()
                continuation.resume()
            }
        }
    }

    /// kill -9.
    package func kill() async throws { try await order("kill") }

    /// An orderly end of the node; its files stay.
    package func stop() async throws { try await order("stop") }

    /// Starts the node again after `kill` or `stop`, on the same ports; returns when it is ready.
    package func resume() async throws { try await order("resume") }

    private func order(_ order: String) async throws {
        try orders.write(contentsOf: Data((order + "\n").utf8))
        let answer = await Self.line(from: answers)
        guard answer == "done" else {
            throw Command.Failure(description: "The private broker answered '\(answer)' to '\(order)'")
        }
    }

    /// A file of the broker's TLS material: `ca.pem`, `other-ca.pem`, `client.pem`, `client.key`.
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
        guard answer.contains("{ok, ") else { throw Command.Failure(description: "\(expression): \(answer)") }
        return answer
    }

    package static let script = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("deploy/private-broker").path

    private static func line(from handle: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var line: [UInt8] = []
                while let byte = try? handle.read(upToCount: 1)?.first, byte != 10 { line.append(byte) }
                continuation.resume(returning: String(decoding: line, as: UTF8.self))
            }
        }
    }
}
