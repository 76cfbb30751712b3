import AzureEmulation
import HTTPTypes
import HummingbirdCore
import NIOCore

/// The door of one resource: carries requests from a connection to the emulated cloud, and what comes back.
struct ResourceFront: Sendable {
    let name: String
    let scheme: String
    let host: String
    let azure: EmulatedAzure

    /// Answers one request; throws when the connection is gone.
    @concurrent
    func respond(to request: Request, with writer: consuming ResponseWriter, on channel: any Channel) async throws {
        guard let request = try await WireRequest(request, resource: name, scheme: scheme, host: host) else {
            // The rest of the body is not read, so the connection cannot go on.
            return await channel.cut()
        }
        let answer: WireAnswer
        do {
            answer = try await azure.answer(request) { try await Task.sleep(for: $0) }
        } catch let interruption as Interruption {
            switch interruption {
            case .reset: await channel.reset()
            case .answerLost, .noResource: await channel.cut()
            }
            throw interruption
        }
        try await write(answer, with: writer)
        azure.delivered(answer)
    }

    @concurrent
    private func write(_ answer: WireAnswer, with writer: consuming ResponseWriter) async throws {
        let head = HTTPResponse(answer)
        guard !answer.body.isEmpty else { return try await writer.writeResponse(head) }
        try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
