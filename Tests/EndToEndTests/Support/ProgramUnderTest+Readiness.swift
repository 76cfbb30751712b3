import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

extension ProgramUnderTest {
    /// What `/readyz` of a worker says: whether it is ready, and the text.
    /// - Returns: `nil`, if it does not answer.
    func readiness() async -> (isReady: Bool, text: String)? {
        guard let port = healthPort else { return nil }
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/readyz")
        request.headers.add(name: "Connection", value: "close")
        guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)),
            let body = try? await response.body.collect(upTo: 1 << 16)
        else { return nil }
        return (response.status == .ok, String(decoding: body.readableBytesView, as: UTF8.self))
    }

    /// As the log tells it.
    private var healthPort: Int? {
        for line in log.split(separator: "\n") where line.contains("health is served") {
            let json = try? JSON(parsing: Array(line.utf8))
            return json?["port"].string.flatMap(Int.init) ?? json?["metadata"]["port"].string.flatMap(Int.init)
        }
        return nil
    }
}
