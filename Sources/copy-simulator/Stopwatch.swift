import Glibc

/// Real time that has passed since it was made.
struct Stopwatch {
    private let begun = Self.now

    var milliseconds: Double { Double(Self.now - begun) / 1_000_000 }

    private static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
