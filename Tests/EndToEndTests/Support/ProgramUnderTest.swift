import Foundation
import Synchronization

/// One of this package's programs, running as a real process.
final class ProgramUnderTest: Sendable {
    struct StartFailure: Error, CustomStringConvertible {
        let description: String
    }

    let name: String
    let logFile: URL
    private let process: Mutex<Process>

    /// - Parameter environment: in place of this process's own, which might carry real credentials.
    init(_ name: String, arguments: [String], environment: [String: String], logFile: URL) throws {
        self.name = name
        self.logFile = logFile
        if !FileManager.default.fileExists(atPath: logFile.path) {
            _ = FileManager.default.createFile(atPath: logFile.path, contents: nil)
        }
        let log = try FileHandle(forWritingTo: logFile)
        try log.seekToEnd()
        let process = Process()
        process.executableURL = try Self.products().appending(path: name)
        process.arguments = arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = log
        process.standardError = log
        try process.run()
        self.process = Mutex(process)
    }

    var pid: Int32 { process.withLock { $0.processIdentifier } }
    var isRunning: Bool { process.withLock { $0.isRunning } }
    var exitCode: Int32? { process.withLock { $0.isRunning ? nil : $0.terminationStatus } }
    var log: String { (try? String(contentsOf: logFile, encoding: .utf8)) ?? "" }

    func signal(_ number: Int32) {
        guard isRunning else { return }
        kill(pid, number)
    }

    /// Waits until the process is gone.
    /// - Returns: whether it went within the limit.
    @discardableResult
    func waitForExit(within limit: Duration) async -> Bool {
        await eventually(within: limit, every: .milliseconds(20)) { !self.isRunning }
    }

    func killAndWait() async {
        signal(SIGKILL)
        await waitForExit(within: .seconds(10))
    }

    /// Where `swift build` put the programs: beside the test bundle.
    static func products() throws -> URL {
        if let folder = ProcessInfo.processInfo.environment["COPY_WORKER_PRODUCTS"] {
            return URL(filePath: folder)
        }
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<4 {
            if FileManager.default.isExecutableFile(atPath: folder.appending(path: "copy-worker").path) {
                return folder
            }
            folder.deleteLastPathComponent()
        }
        throw StartFailure(
            description: "copy-worker is not beside the tests; build it with `swift build` or set COPY_WORKER_PRODUCTS"
        )
    }

    deinit {
        process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } }
    }
}

/// Looks again and again until the condition holds.
/// - Returns: whether it came to hold within the limit.
func eventually(
    within limit: Duration,
    every pause: Duration = .milliseconds(100),
    _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while true {
        if try await condition() { return true }
        if clock.now >= end { return false }
        try? await clock.sleep(for: pause)
    }
}
