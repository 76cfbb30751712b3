import CopyDomain

/// When somebody was last heard of, on a clock that all processes of a machine share and that nobody can set.
package struct SignOfLife: Hashable, Sendable {
    /// Which start of the machine: nobody who was heard of before another one lives.
    package let boot: String
    /// Milliseconds from then, in which the machine may have slept.
    package let uptime: Int64

    package init(boot: String, uptime: Duration) {
        self.init(boot: boot, milliseconds: uptime.wholeMilliseconds)
    }

    package init(boot: String, milliseconds: Int64) {
        self.boot = boot
        uptime = milliseconds
    }

    /// What lies further in the future than the limit was written by no living process.
    package func isFresh(at now: SignOfLife, limit: Duration) -> Bool {
        guard boot == now.boot else { return false }
        let (age, overflow) = now.uptime.subtractingReportingOverflow(uptime)
        return !overflow && age.magnitude <= limit.wholeMilliseconds.magnitude
    }
}
