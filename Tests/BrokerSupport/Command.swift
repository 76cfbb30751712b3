import Foundation

/// A program that ran to its end.
package enum Command {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// - Returns: what it wrote to its standard output.
    @discardableResult
    package static func run(_ path: String, _ arguments: [String], input: String = "") async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try runBlocking(path, arguments, input: input) })
            }
        }
    }

    private static func runBlocking(_ path: String, _ arguments: [String], input: String) throws -> String {
        let process = Process()
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let written = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaints = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let call = ([path] + arguments).joined(separator: " ")
            let why = String(decoding: complaints + written, as: UTF8.self)
            throw Failure(description: "\(call) ended with \(process.terminationStatus): \(why)")
        }
        return String(decoding: written, as: UTF8.self)
    }
}
