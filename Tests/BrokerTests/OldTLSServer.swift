import Foundation

/// `openssl s_server` that speaks nothing later than TLS 1.1.
struct OldTLSServer {
    struct Failure: Error {}

    let port: UInt16
    private let process: Process

    init(certificate: String, key: String) throws {
        process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0", "-cert", certificate,
            "-key", key,
        ]
        process.standardInput = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        try output.fileHandleForWriting.close()
        // "ACCEPT 127.0.0.1:40123" once it listens.
        var line: [UInt8] = []
        var found: UInt16?
        while found == nil, let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
            if byte == 10 {
                let text = String(decoding: line, as: UTF8.self)
                if text.hasPrefix("ACCEPT") { found = text.split(separator: ":").last.flatMap { UInt16($0) } }
                line = []
            } else {
                line.append(byte)
            }
        }
        guard let found else { throw Failure() }
        port = found
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
