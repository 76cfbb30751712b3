import Foundation
import Testing

@Suite("copy-simulator")
struct ProcessTests {
    private func run(_ arguments: String...) throws -> (lines: [String], status: Int32) {
        let process = Process()
        process.executableURL = try Self.products().appending(path: "copy-simulator")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text.components(separatedBy: "\n"), process.terminationStatus)
    }

    /// The folder where the build has put this test's bundle and the programs.
    private static func products() throws -> URL {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while !FileManager.default.isExecutableFile(atPath: folder.appending(path: "copy-simulator").path) {
            try #require(folder.path != "/", "copy-simulator is not built")
            folder.deleteLastPathComponent()
        }
        return folder
    }

    @Test("plays the same seeds alike in two processes")
    func hashes() throws {
        let first = try run("--seeds", "5", "--first", "100", "--hashes")
        let second = try run("--seeds", "5", "--first", "100", "--hashes", "--jobs", "2")
        #expect(first.status == 0)
        let hashes = first.lines.filter { $0.hasPrefix("10") }
        #expect(hashes.count == 5)
        #expect(hashes == second.lines.filter { $0.hasPrefix("10") })
    }

    @Test("tells a seed's story")
    func story() throws {
        let (lines, status) = try run("--seed", "3", "--trace")
        #expect(status == 0)
        #expect(lines.contains { $0.contains("is granted r-0, epoch 1, new") })
        #expect(lines.contains("violations: none"))
    }
}
