import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The admin port of an azure-emulator: switches faults on and tells what happened.
struct EmulatorAdmin: Sendable {
    struct Answer: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int

    @discardableResult
    func post(_ path: String, _ body: [String: any Sendable] = [:]) async throws -> JSON {
        try await send("POST", path, try JSONSerialization.data(withJSONObject: body))
    }

    func get(_ path: String) async throws -> JSON {
        try await send("GET", path, nil)
    }

    func delete(_ path: String) async throws {
        _ = try await send("DELETE", path, nil)
    }

    func report() async throws -> JSON {
        try await get("/report")
    }

    /// Waits until so many requests are held.
    func held(count: Int = 1, wait seconds: Int = 20) async throws -> [JSON] {
        try await get("/held?wait=\(seconds)&count=\(count)").elements
    }

    private func send(_ method: String, _ path: String, _ body: Data?) async throws -> JSON {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .RAW(value: method)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = Data(try await response.body.collect(upTo: 256 << 20).readableBytesView)
        guard (200..<300).contains(response.status.code) else {
            throw Answer(description: "\(method) \(path): \(response.status) \(String(decoding: bytes, as: UTF8.self))")
        }
        return bytes.isEmpty ? .absent : try JSON(parsing: [UInt8](bytes))
    }
}
