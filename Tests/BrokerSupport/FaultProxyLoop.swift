import Glibc
import Synchronization

/// The proxy's thread: accepts, copies, and looks every few milliseconds which faults are wanted.
struct FaultProxyLoop {
    private struct Way {
        let from: Int32
        let to: Int32
        let direction: FaultProxy.Direction
        var isOpen = true
        var filter = ConfirmFilter()
    }

    private struct Pair {
        /// To the server, to the client.
        var ways: [Way]
    }

    private let proxy: FaultProxy
    private var pairs: [Pair] = []
    /// Ends whose other end has vanished.
    private var abandoned: [Int32] = []

    init(_ proxy: FaultProxy) {
        self.proxy = proxy
    }

    consuming func run() {
        while true {
            let faults = proxy.faults.withLock { faults in
                defer {
                    faults.mustReset = false
                    faults.halfCloses = []
                    faults.vanishing = []
                }
                return faults
            }
            if faults.isStopping { break }
            apply(faults)
            wait(faults)
            accept()
            copy(faults)
        }
        for pair in pairs { close(pair, abruptly: false) }
        for descriptor in abandoned { Glibc.close(descriptor) }
        Glibc.close(proxy.listener)
    }

    private mutating func apply(_ faults: FaultProxy.Faults) {
        if faults.mustReset {
            for pair in pairs { close(pair, abruptly: true) }
            pairs = []
        }
        if let side = faults.vanishing.first {
            for pair in pairs {
                let (client, server) = (pair.ways[0].from, pair.ways[1].from)
                close(side == .server ? server : client, abruptly: true)
                abandoned.append(side == .server ? client : server)
            }
            pairs = []
        }
        for index in pairs.indices {
            for way in pairs[index].ways.indices where faults.halfCloses.contains(pairs[index].ways[way].direction) {
                shutdown(pairs[index].ways[way].to, Int32(SHUT_WR))
                pairs[index].ways[way].isOpen = false
            }
        }
    }

    private func wait(_ faults: FaultProxy.Faults) {
        var descriptors = [pollfd(fd: proxy.listener, events: Int16(POLLIN), revents: 0)]
        for pair in pairs {
            for way in pair.ways where way.isOpen && !faults.holes.contains(way.direction) {
                descriptors.append(pollfd(fd: way.from, events: Int16(POLLIN), revents: 0))
            }
        }
        unsafe poll(&descriptors, nfds_t(descriptors.count), 5)
    }

    private mutating func accept() {
        while isReadable(proxy.listener) {
            let client = Glibc.accept(proxy.listener, nil, nil)
            guard client >= 0 else { return }
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_in(port: proxy.target)
            guard unsafe address.withPointer({ unsafe connect(server, $0, $1) }) == 0 else {
                Glibc.close(client)
                Glibc.close(server)
                continue
            }
            for descriptor in [client, server] {
                var on: Int32 = 1
                unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(4))
            }
            pairs.append(
                Pair(ways: [
                    Way(from: client, to: server, direction: .toServer),
                    Way(from: server, to: client, direction: .toClient),
                ])
            )
        }
    }

    private mutating func copy(_ faults: FaultProxy.Faults) {
        for index in pairs.indices {
            for way in pairs[index].ways.indices {
                if faults.confirms == .passing, pairs[index].ways[way].filter.holds {
                    _ = send(pairs[index].ways[way].filter.release(), to: pairs[index].ways[way].to, slicing: false)
                }
                let current = pairs[index].ways[way]
                // As it is after the bytes came: what is sent into a hole must not slip through on its first turn.
                guard current.isOpen, isReadable(current.from), !proxy.hasHole(current.direction) else { continue }
                if !pass(&pairs[index].ways[way], faults) {
                    shutdown(current.to, Int32(SHUT_WR))
                    pairs[index].ways[way].isOpen = false
                }
            }
        }
        for pair in pairs where pair.ways.allSatisfy({ !$0.isOpen }) { close(pair, abruptly: false) }
        pairs.removeAll { $0.ways.allSatisfy { !$0.isOpen } }
    }

    /// - Returns: false at the end of this way.
    private func pass(_ way: inout Way, _ faults: FaultProxy.Faults) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe recv(way.from, &buffer, faults.isSlicing ? 512 : buffer.count, 0)
        guard count > 0 else { return false }
        guard proxy.readsFrames, way.direction == .toClient else {
            return send(Array(buffer[..<count]), to: way.to, slicing: faults.isSlicing)
        }
        // As it is now: what was asked for before a message went out holds for its confirm.
        let (passing, stopped) = way.filter.pass(buffer[..<count], proxy.confirms)
        proxy.stopped(confirms: stopped)
        return send(passing, to: way.to, slicing: faults.isSlicing)
    }

    private func send(_ bytes: [UInt8], to descriptor: Int32, slicing: Bool) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let size = slicing ? 1 : bytes.count - sent
            let result = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.send(descriptor, bytes.baseAddress! + sent, size, Int32(MSG_NOSIGNAL))
            }
            guard result > 0 else { return false }
            sent += result
        }
        return true
    }

    private func isReadable(_ descriptor: Int32) -> Bool {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&one, 1, 0) == 1
    }

    private func close(_ pair: Pair, abruptly: Bool) {
        for way in pair.ways { close(way.from, abruptly: abruptly) }
    }

    /// - Parameter abruptly: by RST instead of FIN.
    private func close(_ descriptor: Int32, abruptly: Bool) {
        if abruptly {
            var rest = linger(l_onoff: 1, l_linger: 0)
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &rest, socklen_t(MemoryLayout<linger>.size))
        }
        Glibc.close(descriptor)
    }
}
