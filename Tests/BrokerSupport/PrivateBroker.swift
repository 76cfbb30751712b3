import Foundation
import Synchronization

/// A RabbitMQ of the tests' own, started by `deploy/private-broker`: real, on spare ports, gone with the test process.
package final class PrivateBroker: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package static let user = "tester"

    package let port: UInt16
    /// Of the user; random, so that it can be looked for where it must not be.
    package let password: String
    private let folder: String
    private static let common = Mutex<Result<PrivateBroker, Failure>?>(nil)
    private static let open = Mutex<[String]>([])

    /// The one broker that tests share, each in virtual hosts of its own. Started at the first call.
    package static func shared() throws -> PrivateBroker {
        try common.withLock { common in
            if let common { return common }
            let started = Result { () throws(Failure) in try PrivateBroker() }
            common = started
            return started
        }.get()
    }

    /// A broker of one test's own, for what would disturb the others.
    package init() throws(Failure) {
        _ = Self.installExitHandler
        let folder = FileManager.default.temporaryDirectory.appending(path: "broker-\(UUID().uuidString.prefix(8))").path
        self.folder = folder
        Self.open.withLock { $0.append(folder) }
        let output = try Self.script("start", folder)
        guard let port = output.split(separator: "\n").last.flatMap({ UInt16($0) }) else {
            throw Failure(description: "deploy/private-broker start printed no port: \(output)")
        }
        self.port = port
        password = "canary-" + UUID().uuidString
        try control("add_user", Self.user, password)
    }

    package func start() throws(Failure) {
        _ = try Self.script("start", folder)
    }

    package func stop() throws(Failure) {
        _ = try Self.script("stop", folder)
    }

    package func kill() throws(Failure) {
        _ = try Self.script("kill", folder)
    }

    /// Stops the broker and removes its files.
    package func end() {
        Self.end(folder)
        Self.open.withLock { $0.removeAll { $0 == folder } }
    }

    /// rabbitmqctl.
    @discardableResult
    package func control(_ arguments: String...) throws(Failure) -> String {
        try Self.script("ctl", folder, arguments)
    }

    package func makeVirtualHost() throws(Failure) -> VirtualHost {
        let name = "test-" + UUID().uuidString.prefix(8).lowercased()
        try control("add_vhost", name)
        try control("set_permissions", "-p", name, Self.user, ".*", ".*", ".*")
        return VirtualHost(broker: self, name: name)
    }

    // MARK: - The script

    private static func script(_ command: String, _ folder: String, _ more: [String] = []) throws(Failure) -> String {
        // Not a pipe: the broker that the script leaves running would hold its other end open.
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = repository.appending(path: "deploy/private-broker")
        process.arguments = [command, folder] + more
        process.standardInput = FileHandle.nullDevice
        do {
            try Data().write(to: file)
            let output = try FileHandle(forWritingTo: file)
            process.standardOutput = output
            process.standardError = output
            try process.run()
        } catch {
            throw Failure(description: "deploy/private-broker cannot be run: \(error)")
        }
        process.waitUntilExit()
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard process.terminationStatus == 0 else {
            throw Failure(description: "deploy/private-broker \(command) failed: \(text)")
        }
        return text
    }

    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func end(_ folder: String) {
        _ = try? script("stop", folder)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Evaluated once: no broker outlives the test process.
    private static let installExitHandler: Void = {
        atexit {
            for folder in PrivateBroker.open.withLock({ $0 }) { PrivateBroker.end(folder) }
        }
    }()
}
