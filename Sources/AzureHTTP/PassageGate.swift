import NIOCore
import NIOHTTP1

/// The last stop of a request before encoding, encryption and the socket, on every connection.
///
/// It keeps the parts of a request back until the last one is there, asks the ledger, and writes all of them in one
/// flush. A request that may not go closes the connection, on which not a byte was written for it.
final class PassageGate: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// Carries a request's number in the ledger to the gate, and no further.
    static let header = "x-passage"

    struct Refused: Error {}

    private let ledger: PassageLedger
    private var number: PassageLedger.Number?
    private var held: [(part: HTTPClientRequestPart, promise: EventLoopPromise<Void>?)] = []

    init(_ ledger: PassageLedger) {
        self.ledger = ledger
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            number = head.headers.first(name: Self.header).flatMap { PassageLedger.Number($0) }
            head.headers.remove(name: Self.header)
            held = [(.head(head), promise)]
        case .body(let body):
            held.append((.body(body), promise))
        case .end(let trailers):
            held.append((.end(trailers), promise))
            release(context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        drop()
    }

    private func release(_ context: ChannelHandlerContext) {
        guard let number, ledger.pass(number) else {
            drop()
            // Not at once: on a connection that is just being made the close would go unnoticed by the client.
            context.eventLoop.execute { [channel = context.channel] in channel.close(promise: nil) }
            return
        }
        let parts = held
        held = []
        self.number = nil
        for (part, promise) in parts {
            context.write(wrapOutboundOut(part), promise: promise)
        }
        context.flush()
    }

    private func drop() {
        let parts = held
        held = []
        number = nil
        for (_, promise) in parts {
            promise?.fail(Refused())
        }
    }
}
