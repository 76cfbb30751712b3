import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A server that does to each request what its script says, and keeps every byte it was sent.
final class ScriptedServer: Sendable {
    enum Reply: Sendable {
        case answer(String)
        /// Answers and closes the connection.
        case answerAndClose(String)
        /// Cuts the connection off with a reset once the whole request was read.
        case reset
        /// Closes the connection in the middle of an answer.
        case cutOff(String)
        /// Reads and says nothing.
        case silence

        static let ok = Reply.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    }

    private struct State {
        var replies: [Reply]
        var requests: [String] = []
        var connections = 0
        var bytes = 0
    }

    private let state: Mutex<State>
    private let channel: Mutex<(any Channel)?>

    private init(_ replies: [Reply]) {
        state = Mutex(State(replies: replies))
        channel = Mutex(nil)
    }

    /// Requests as they arrived, head and body.
    var requests: [String] { state.withLock(\.requests) }
    var connections: Int { state.withLock(\.connections) }
    /// Everything that came, whole requests or not.
    var bytes: Int { state.withLock(\.bytes) }
    var port: Int { channel.withLock { $0?.localAddress?.port } ?? 0 }
    var url: String { "http://127.0.0.1:\(port)" }

    /// Runs a server for the time of `body`. When the script is over every request is answered with 200.
    static func with(
        _ replies: [Reply] = [],
        tls: NIOSSLContext? = nil,
        _ body: (ScriptedServer) async throws -> Void
    ) async throws {
        let server = ScriptedServer(replies)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    server.state.withLock { $0.connections += 1 }
                    if let tls { try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try child.pipeline.syncOperations.addHandler(Conversation(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.channel.withLock { $0 = channel }
        do {
            try await body(server)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    private func received(_ bytes: Int) {
        state.withLock { $0.bytes += bytes }
    }

    private func reply(to request: String) -> Reply {
        state.withLock { state in
            state.requests.append(request)
            return state.replies.isEmpty ? .ok : state.replies.removeFirst()
        }
    }

    /// One connection.
    private final class Conversation: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let server: ScriptedServer
        private var pending = ""

        init(_ server: ScriptedServer) {
            self.server = server
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            server.received(buffer.readableBytes)
            pending += String(buffer: buffer)
            while let request = nextRequest() {
                act(on: server.reply(to: request), context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func nextRequest() -> String? {
            guard let end = pending.firstRange(of: "\r\n\r\n") else { return nil }
            let head = pending[..<end.upperBound]
            let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
            let size = head.utf8.count + (length ?? 0)
            guard pending.utf8.count >= size else { return nil }
            defer { pending = String(pending.utf8.dropFirst(size)) ?? "" }
            return String(pending.utf8.prefix(size))
        }

        private func act(on reply: Reply, _ context: ChannelHandlerContext) {
            switch reply {
            case .answer(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .answerAndClose(let text), .cutOff(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                context.close(promise: nil)
            case .reset:
                let channel = context.channel
                guard let options = channel as? any SocketOptionProvider else { preconditionFailure("a socket") }
                options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
            case .silence: break
            }
        }
    }
}
