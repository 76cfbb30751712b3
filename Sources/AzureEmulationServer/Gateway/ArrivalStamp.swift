import AzureEmulation
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Writes the time at which a request's head was read from the socket into a header of its own, before any
/// task has to be scheduled for it: the gaps between polls are measured here.
final class ArrivalStamp: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    /// In lower case; what a caller sends under this name is overwritten.
    static let header = "x-emulator-arrival"
    private static let name = HTTPField.Name(header)

    private let clock: EmulatedClock

    init(clock: EmulatedClock) {
        self.clock = clock
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), let name = Self.name else {
            return context.fireChannelRead(data)
        }
        head.headerFields[name] = String(clock.now.nanoseconds)
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// When `head` arrived.
    static func arrival(of head: HTTPRequest) -> Moment? {
        name.flatMap { head.headerFields[$0] }.flatMap(Int64.init).map(Moment.init(nanoseconds:))
    }
}

@available(*, unavailable)
extension ArrivalStamp: Sendable {}
