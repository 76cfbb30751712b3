import AzureEmulation
import HTTPTypes
import HummingbirdCore
import NIOCore

/// The door of the admin port: JSON over HTTP.
struct AdminFront: Sendable {
    let desk: AdminDesk

    @concurrent
    func respond(to request: Request, with writer: consuming ResponseWriter) async throws {
        let body = try await request.body.collect(upTo: 1_048_576)
        let answer = await desk.answer(
            request.head.method.rawValue,
            request.head.path ?? "/",
            body: Array(body.readableBytesView)
        )
        let text = ByteBuffer(string: answer.text)
        let head = HTTPResponse(
            status: .init(integerLiteral: answer.status),
            headerFields: [.contentType: "application/json", .contentLength: String(text.readableBytes)]
        )
        try await writer.write(response: head, body: ResponseBody(byteBuffer: text))
    }
}
