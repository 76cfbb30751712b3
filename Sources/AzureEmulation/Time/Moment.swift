/// A point on the emulator's one timeline, in nanoseconds since 1970 UTC.
package struct Moment: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package init(unixSeconds: Int64) {
        nanoseconds = unixSeconds * 1_000_000_000
    }

    package var unixSeconds: Int64 {
        nanoseconds / 1_000_000_000
    }

    /// 100 ns units since 0001-01-01, as v2.0-preview spelled expirations (azure-copy-apis.md 1.1).
    package var dotNetTicks: Int64 {
        nanoseconds / 100 + 62_135_596_800 * 10_000_000
    }

    package static func < (left: Moment, right: Moment) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment that lies so much later.
    package func after(nanoseconds: Int64) -> Moment {
        Moment(nanoseconds: self.nanoseconds + nanoseconds)
    }

    /// The moment that lies so much later; earlier for a negative number.
    package func after(seconds: Double) -> Moment {
        after(nanoseconds: Int64(seconds * 1_000_000_000))
    }

    /// Milliseconds from `start` to this moment.
    package func milliseconds(since start: Moment) -> Double {
        Double(nanoseconds - start.nanoseconds) / 1_000_000
    }
}
