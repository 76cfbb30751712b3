package import CopyJournal
import Foundation
import Glibc

/// The clock of the machine on which a journal's file lies: who lives is told by it, and not by the wall clock, which
/// people and time servers set. Containers of one machine share it.
package struct MachineClock: Sendable {
    private static let bootID = "/proc/sys/kernel/random/boot_id"

    /// Which start of the machine.
    let boot: String
    /// Time from then, in which the machine may have slept.
    let uptime: @Sendable () -> Duration

    package init(boot: String, uptime: @escaping @Sendable () -> Duration) {
        self.boot = boot
        self.uptime = uptime
    }

    /// This machine's.
    package static func host() throws(JournalError) -> MachineClock {
        guard let text = try? String(contentsOfFile: bootID, encoding: .utf8) else {
            throw JournalError(.unusable, "\(bootID) cannot be read, and without it nobody knows which workers live")
        }
        return MachineClock(boot: text.trimmingCharacters(in: .whitespacesAndNewlines)) {
            var time = timespec()
            let status = unsafe clock_gettime(CLOCK_BOOTTIME, &time)
            precondition(status == 0, "every Linux has CLOCK_BOOTTIME")
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
    }

    var now: SignOfLife { SignOfLife(boot: boot, uptime: uptime()) }
}
