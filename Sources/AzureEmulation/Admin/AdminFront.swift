import HTTPTypes
import HummingbirdCore
import NIOCore

/// The door of the admin port: JSON over HTTP, as the documentation's article lists it.
struct AdminFront: Sendable {
    let emulator: AzureEmulator

    @concurrent
    func respond(to request: Request, with writer: consuming ResponseWriter) async throws {
        let body = try await request.body.collect(upTo: 1_048_576)
        let parts = (request.head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let order = AdminOrder(
            method: request.head.method.rawValue,
            path: (parts.first ?? "/").split(separator: "/").map(String.init),
            query: Query(parts.count > 1 ? parts[1] : ""),
            body: Array(body.readableBytesView)
        )
        let answer = await answer(order)
        let text = ByteBuffer(string: answer.body.text)
        let head = HTTPResponse(
            status: .init(integerLiteral: answer.status.rawValue),
            headerFields: [.contentType: "application/json", .contentLength: String(text.readableBytes)]
        )
        try await writer.write(response: head, body: ResponseBody(byteBuffer: text))
    }

    private func answer(_ order: AdminOrder) async -> AdminAnswer {
        switch (order.method, order.path) {
        case ("GET", ["health"]): AdminAnswer(body: ["status": "ok"])
        case ("GET", ["resources"]): AdminAnswer(body: emulator.resourceList)
        case ("GET", ["faults"]): faults()
        case ("POST", ["faults"]): addFault(order)
        case ("DELETE", ["faults"]): removeFaults()
        case ("GET", ["held"]): await held(order)
        case ("POST", ["held", "release"]): releaseAll(order)
        case ("GET", ["copies", "settings"]): copySettings()
        case ("POST", ["copies", "settings"]): changeCopySettings(order)
        case ("POST", ["clock", "advance"]): advanceClock(order)
        case ("POST", ["reset-statistics"]): resetStatistics()
        case ("GET", ["report"]): AdminAnswer(body: emulator.report(gaps: order.query["gaps"] != "false"))
        case ("GET", ["tokens"]): tokens()
        case ("GET", ["report", "headers"]), ("GET", ["requests"]): headers(order)
        case ("DELETE", let path) where path.count == 2 && path[0] == "faults": removeFault(path[1])
        case ("POST", let path) where path.count == 3 && path[0] == "held" && path[2] == "release":
            release(path[1], order)
        case _: .unknown("There is no \(order.method) /\(order.path.joined(separator: "/")) here.")
        }
    }
}

/// A call of the admin port.
struct AdminOrder: Sendable {
    let method: String
    let path: [String]
    let query: Query
    let body: [UInt8]
}
