package import AzureEmulation
import FoundationEssentials

extension EmulatedClock {
    /// A clock that starts at the machine's wall-clock time and never runs backwards.
    package static func machine() -> EmulatedClock {
        let origin = Moment(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000_000))
        let started = ContinuousClock.now
        return EmulatedClock(following: {
            let (seconds, attoseconds) = (ContinuousClock.now - started).components
            return origin.after(nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        })
    }
}
