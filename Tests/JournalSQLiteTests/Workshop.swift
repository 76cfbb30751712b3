import CopyDomain
import CopyJournal
import Foundation
import JournalConformance
import JournalSQLite
import Testing

/// A directory of its own for a test, gone with the value.
final class Workshop: Sendable {
    let directory: String
    let clock = SteppedClock()

    init() throws {
        let name = "journal-\(UInt64.random(in: .min ... .max))"
        directory = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// A machine that was started once.
    var machine: MachineClock {
        MachineClock(boot: "the first") { [clock] in clock.uptime }
    }

    var path: String { directory + "/journal.db" }

    func open(
        _ path: String? = nil,
        callLimit: Duration = .seconds(30)
    ) async throws(JournalError) -> SQLiteJournal {
        try await SQLiteJournal(path: path ?? self.path, callLimit: callLimit, machine: machine) { [clock] in clock.now
        }
    }

    func bench() async throws -> (bench: JournalBench, journal: SQLiteJournal) {
        let journal = try await open()
        let bench = JournalBench(journal: journal, neighbour: try await open(), clock: clock) { [self] id, format in
            try sqlite3("UPDATE request SET format = \(format) WHERE id = '\(id.rawValue)'")
        }
        return (bench, journal)
    }

    /// Runs SQL in another process and returns what it prints.
    @discardableResult
    func sqlite3(_ sql: String, path: String? = nil) throws -> String {
        try run("sqlite3", "-bail", "-cmd", ".timeout 10000", path ?? self.path, input: sql)
    }

    @discardableResult
    func run(_ command: String..., input: String = "") throws -> String {
        let process = Process()
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command) failed")
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    func permissions(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }
}

/// Another process that holds the write lock of a journal until it is told to let go.
final class LockHolder {
    private let process = Process()
    private let stdin = Pipe()

    init(_ path: String) throws {
        let stdout = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path]
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data("BEGIN IMMEDIATE;\nSELECT 'locked';\n".utf8))
        var said = ""
        while !said.contains("locked") {
            let data = stdout.fileHandleForReading.availableData
            try #require(!data.isEmpty, "sqlite3 ended without the lock")
            said += String(decoding: data, as: UTF8.self)
        }
    }

    func letGo() throws {
        try stdin.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
