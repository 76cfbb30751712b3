import Foundation
import Glibc
import Synchronization

/// A TCP proxy on 127.0.0.1 that does to connections what networks do.
package final class FaultProxy: Sendable {
    package enum Direction: Hashable, Sendable {
        case toServer, toClient
    }

    package enum Side: Hashable, Sendable {
        case server, client
    }

    struct Faults: Sendable {
        var holes: Set<Direction> = []
        var isSlicing = false
        var mustReset = false
        var halfCloses: Set<Direction> = []
        /// Sides that vanish, from every connection that stands.
        var vanishing: Set<Side> = []
        var confirms = ConfirmFilter.Mode.passing
        var isStopping = false
    }

    package struct Failure: Error, Sendable {
        package let call: String
        package let number: Int32
    }

    package let port: UInt16
    let target: UInt16
    let listener: Int32
    let faults = Mutex(Faults())
    /// Whether frames are told apart, so that confirms can be held up; not for TLS.
    let readsFrames: Bool
    private let held = Mutex(0)

    package init(to target: UInt16, readingFrames readsFrames: Bool = false) throws {
        self.target = target
        self.readsFrames = readsFrames
        (listener, port) = try Self.listen()
        Thread { [self] in FaultProxyLoop(self).run() }.start()
    }

    private static func listen() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", number: errno) }
        var address = sockaddr_in(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening =
            unsafe address.withPointer { pointer, size in
                unsafe bind(descriptor, pointer, size) == 0 && Glibc.listen(descriptor, 64) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        guard isListening else {
            let number = errno
            close(descriptor)
            throw Failure(call: "listen", number: number)
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// From now on what goes this way is neither delivered nor refused: nothing is read any more.
    package func blackHole(_ directions: Direction...) {
        faults.withLock { $0.holes.formUnion(directions) }
    }

    /// Delivers again, also what was held back.
    package func heal() {
        faults.withLock { faults in
            faults.holes = []
            faults.isSlicing = false
        }
    }

    /// One byte per segment.
    package func slice() {
        faults.withLock { $0.isSlicing = true }
    }

    /// RST to both ends of every connection that stands.
    package func reset() {
        faults.withLock { $0.mustReset = true }
    }

    /// FIN to one end of every connection that stands; the other direction goes on.
    package func halfClose(_ direction: Direction) {
        faults.withLock { _ = $0.halfCloses.insert(direction) }
    }

    /// One side of every connection that stands is gone (reset), and the other is not told: its socket stays open, what
    /// it sends is read by nobody, and nothing comes.
    package func vanish(_ side: Side) {
        faults.withLock { _ = $0.vanishing.insert(side) }
    }

    /// Confirms (basic.ack and basic.nack of the broker) stay in the proxy until `releaseConfirms()`; all else passes.
    package func holdConfirms() { faults.withLock { $0.confirms = .holding } }

    /// Confirms are lost.
    package func swallowConfirms() { faults.withLock { $0.confirms = .swallowing } }

    /// Held ones go on their way, further ones pass.
    package func releaseConfirms() { faults.withLock { $0.confirms = .passing } }

    /// RST to both ends of every connection that stands, and with them the confirms that were held go; those of later
    /// connections pass.
    package func releaseAfterReset() {
        faults.withLock { faults in
            faults.mustReset = true
            faults.confirms = .passing
        }
    }

    func hasHole(_ direction: Direction) -> Bool { faults.withLock { $0.holes.contains(direction) } }

    var confirms: ConfirmFilter.Mode { faults.withLock(\.confirms) }

    /// Confirms that were held back or swallowed so far.
    package var confirmsStopped: Int { held.withLock { $0 } }

    func stopped(confirms count: Int) { held.withLock { $0 += count } }

    package func stop() {
        faults.withLock { $0.isStopping = true }
    }
}

extension sockaddr_in {
    init(port: UInt16) {
        self.init()
        sin_family = sa_family_t(AF_INET)
        sin_port = port.bigEndian
        sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    }

    mutating func withPointer<Result>(_ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result) -> Result {
        unsafe withUnsafeMutablePointer(to: &self) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
