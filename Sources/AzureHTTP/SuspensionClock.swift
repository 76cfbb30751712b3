package import AzureAI
import Glibc

/// The clock that goes on while the process is stopped or the machine sleeps (`CLOCK_BOOTTIME`).
package enum SuspensionClock {
    /// Nanoseconds since the machine started.
    package static func now() -> UInt64 {
        var time = timespec()
        let status = unsafe clock_gettime(CLOCK_BOOTTIME, &time)
        precondition(status == 0, "CLOCK_BOOTTIME is there since Linux 2.6.39")
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

extension SendBefore {
    /// The moment that is `duration` from now; now, when the duration is negative.
    package static func after(_ duration: Duration) -> SendBefore {
        let (seconds, attoseconds) = max(duration, .zero).components
        let later = UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        return SendBefore(nanoseconds: SuspensionClock.now() + later)
    }
}
