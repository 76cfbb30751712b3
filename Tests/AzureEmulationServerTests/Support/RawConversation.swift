import NIOCore
import NIOPosix

/// What comes back over a bare connection, for requests that no HTTP client would send.
enum RawConversation {
    enum End: Equatable {
        /// The peer closed its side.
        case closed
        /// The connection was reset.
        case reset
    }

    /// Sends `text` and reads until the connection ends.
    static func run(_ text: String, port: Int) async throws -> (answer: String, end: End) {
        let connection = try await connect(port)
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = ""
            do {
                for try await part in inbound { answer += String(buffer: part) }
            } catch is IOError {
                return (answer, .reset)
            }
            return (answer, .closed)
        }
    }

    /// Sends `text` and goes away when `until` returns, whatever came back.
    static func abandon(_ text: String, port: Int, until: @Sendable () async throws -> Void) async throws {
        let connection = try await connect(port)
        try await connection.executeThenClose { _, outbound in
            try await outbound.write(ByteBuffer(string: text))
            try await until()
        }
    }

    private static func connect(_ port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
            }
    }
}
