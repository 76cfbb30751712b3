import Glibc

/// Time that has passed since it was made.
struct Stopwatch {
    enum Kind: Sendable {
        case wall
        /// Of this process, so that a figure does not depend on what else the machine does.
        case processor
    }

    private let kind: Kind
    private let begun: Int64

    init(_ kind: Kind) {
        self.kind = kind
        begun = Self.now(kind)
    }

    var milliseconds: Double { Double(Self.now(kind) - begun) / 1_000_000 }

    private static func now(_ kind: Kind) -> Int64 {
        let clock =
            switch kind {
            case .wall: CLOCK_MONOTONIC
            case .processor: CLOCK_PROCESS_CPUTIME_ID
            }
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
