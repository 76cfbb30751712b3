import AzureHTTP
import CopyDomain
import CopyRuntime
import Foundation

extension Surroundings {
    /// Real time and real chance.
    static var system: Surroundings {
        let clock = ContinuousClock()
        let origin = clock.now
        return Surroundings(
            clock: clock,
            uptime: { clock.now - origin },
            now: { Timestamp.system },
            suspensionClock: { SuspensionClock.now() },
            random: { Double.random(in: 0..<1) }
        )
    }
}

extension Timestamp {
    static var system: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
