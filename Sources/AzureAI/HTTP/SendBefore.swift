/// A moment on a monotonic clock that goes on while the process or the machine is suspended.
package struct SendBefore: Hashable, Sendable {
    /// Nanoseconds of that clock (`CLOCK_BOOTTIME`).
    package let nanoseconds: UInt64

    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }
}
