import BrokerSupport
import Glibc

/// `openssl s_server` that speaks nothing later than TLS 1.1.
struct OldTLSServer {
    let port: UInt16
    private let process: ChildProcess

    init(certificate: String, key: String) async throws {
        process = try ChildProcess(
            "/usr/bin/openssl",
            [
                "s_server", "-accept", "127.0.0.1:0", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0", "-cert", certificate,
                "-key", key,
            ]
        )
        // "ACCEPT 127.0.0.1:40123" once it listens.
        while let line = await process.line() {
            guard line.hasPrefix("ACCEPT"), let port = line.split(separator: ":").last.flatMap({ UInt16($0) }) else {
                continue
            }
            self.port = port
            return
        }
        let (_, output, errors) = await process.end()
        throw ChildProcess.Failure("openssl s_server does not listen: \(errors)\(output)")
    }

    func stop() async {
        process.signal(SIGKILL)
        _ = await process.end()
    }
}
