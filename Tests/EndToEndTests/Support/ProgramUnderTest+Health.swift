import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

extension ProgramUnderTest {
    /// What a worker says at `/readyz`.
    func readyz() async throws -> (status: Int, body: String) {
        let line = log.split(separator: "\n").last { $0.contains("health is served") }
        guard let line, let port = try JSON(parsing: [UInt8](line.utf8))["port"].string else {
            throw StartFailure(description: "\(name) does not serve its health yet")
        }
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/readyz")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 1 << 20)
        return (Int(response.status.code), String(buffer: body))
    }
}
