import NIOCore
import NIOPosix
import Synchronization

/// An HTTP proxy that knows CONNECT only, and keeps what it was asked and every byte that went through.
final class ConnectProxy: Sendable {
    enum Manners: Sendable {
        case connects
        /// 407 unless the login is this, as `user:password` in Base64.
        case wants(String)
        /// Answers with 502.
        case refuses
    }

    private struct State {
        var requests: [String] = []
        var passed = ""
    }

    private let manners: Manners
    private let state = Mutex(State())
    private let channel = Mutex<(any Channel)?>(nil)

    private init(_ manners: Manners) {
        self.manners = manners
    }

    /// Heads of the CONNECT requests.
    var requests: [String] { state.withLock(\.requests) }
    /// What clients sent through.
    var passed: String { state.withLock(\.passed) }
    var port: Int { channel.withLock { $0?.localAddress?.port } ?? 0 }

    static func with(_ manners: Manners = .connects, _ body: (ConnectProxy) async throws -> Void) async throws {
        let proxy = ConnectProxy(manners)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture { try child.pipeline.syncOperations.addHandler(Inlet(proxy)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        proxy.channel.withLock { $0 = channel }
        do {
            try await body(proxy)
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    private func answer(to head: String) -> (text: String, connects: Bool) {
        state.withLock { $0.requests.append(head) }
        switch manners {
        case .connects: break
        case .wants(let login):
            guard head.lowercased().contains("proxy-authorization: basic \(login.lowercased())\r\n") else {
                let text = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                return (text, false)
            }
        case .refuses: return ("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", false)
        }
        return ("HTTP/1.1 200 Connection established\r\n\r\n", true)
    }

    private func pass(_ bytes: ByteBuffer) {
        state.withLock { $0.passed += String(buffer: bytes) }
    }

    /// The client's side of one connection.
    private final class Inlet: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let proxy: ConnectProxy
        private var head = ""
        private var peer: (any Channel)?

        init(_ proxy: ConnectProxy) {
            self.proxy = proxy
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            if let peer {
                proxy.pass(bytes)
                peer.writeAndFlush(bytes, promise: nil)
                return
            }
            head += String(buffer: bytes)
            guard head.hasSuffix("\r\n\r\n") else { return }
            let target = head.split(separator: " ")[1].split(separator: ":")
            let (text, connects) = proxy.answer(to: head)
            guard connects, head.hasPrefix("CONNECT "), let port = Int(target[1]) else {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                return
            }
            let channel = context.channel
            ClientBootstrap(group: context.eventLoop)
                .channelInitializer { outlet in
                    outlet.eventLoop.makeCompletedFuture {
                        try outlet.pipeline.syncOperations.addHandler(Outlet(channel))
                    }
                }
                .connect(host: String(target[0]), port: port)
                .hop(to: context.eventLoop).assumeIsolated()
                .whenComplete { result in
                    guard let peer = try? result.get() else { return channel.close(promise: nil) }
                    self.peer = peer
                    channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
                }
        }

        func channelInactive(context: ChannelHandlerContext) {
            peer?.close(promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    /// The server's side: everything goes back.
    private final class Outlet: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let client: any Channel

        init(_ client: any Channel) {
            self.client = client
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            client.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            client.close(promise: nil)
        }
    }
}
