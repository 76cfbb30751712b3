import Foundation

/// Another process that holds the write lock of a journal until it is told to let go.
final class JournalLock: Sendable {
    private let process: Process
    private let stdin = Pipe()

    init(_ path: String) throws {
        let stdout = Pipe()
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-cmd", ".timeout 10000", path]
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data("BEGIN EXCLUSIVE;\nSELECT 'locked';\n".utf8))
        var said = ""
        while !said.contains("locked") {
            let data = stdout.fileHandleForReading.availableData
            guard !data.isEmpty else {
                throw ProgramUnderTest.StartFailure(description: "sqlite3 ended without the lock of \(path)")
            }
            said += String(decoding: data, as: UTF8.self)
        }
    }

    func letGo() throws {
        try stdin.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

/// SQL by other hands than the worker's.
enum JournalShell {
    static func run(_ sql: String, in world: World) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-bail", "-cmd", ".timeout 10000", world.journalFile.path, sql]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ProgramUnderTest.StartFailure(description: "sqlite3: \(process.terminationStatus)")
        }
    }
}

/// A small file system in memory, gone with the value.
final class SmallDisk: Sendable {
    /// Whether this process may mount: root with the capability for it.
    static let isPossible = (try? SmallDisk(megabytes: 1)) != nil

    let folder: URL

    init(megabytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "disk-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        do {
            try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    deinit {
        try? Self.run("umount", "-l", folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    private var filler: String { folder.appending(path: "filler").path }

    func fill() throws {
        try Self.run("sh", "-c", "dd if=/dev/zero of='\(filler)' bs=4096 2>/dev/null; true")
    }

    func empty() throws {
        try FileManager.default.removeItem(atPath: filler)
    }

    private static func run(_ command: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ProgramUnderTest.StartFailure(description: "\(command): \(process.terminationStatus)")
        }
    }
}
