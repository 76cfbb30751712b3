import Glibc
import NIOCore

extension Channel {
    /// Closes the connection as if nothing had been said: the peer reads the end of the stream.
    func cut() async {
        try? await close().get()
    }

    /// Closes the connection with RST: the peer's next read or write fails.
    func reset() async {
        if let socket = self as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        await cut()
    }
}
