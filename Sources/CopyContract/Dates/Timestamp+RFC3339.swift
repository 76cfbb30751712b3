package import CopyDomain

extension Timestamp {
    /// A moment as RFC 3339 writes it: `2026-11-21T13:00:00Z`, with up to 9 fraction digits (what is finer than a
    /// millisecond is dropped) and `Z` or an offset.
    ///
    /// `nil` for anything else, among it leap seconds, years below 1, and dates that the calendar does not have.
    package init?(rfc3339 text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("T", "t"),
            let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), reader.skip(":"),
            let second = reader.number(2), let fraction = reader.fractionInMilliseconds(),
            let offset = reader.offsetInMinutes(), reader.isAtEnd,
            let days = CivilDate.daysSince1970(year: year, month: month, day: day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second
        self.init(milliseconds: Int64(seconds * 1000 + fraction))
    }

    /// In UTC with milliseconds, e.g. `2026-11-21T13:00:00.000Z`; moments outside the years 1 to 9999 are moved to
    /// the nearest that is inside.
    package var rfc3339: String {
        let clamped = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
        let days = Int((clamped - (clamped < 0 ? 86_399_999 : 0)) / 86_400_000)
        let rest = Int(clamped) - days * 86_400_000
        let date = CivilDate(daysSince1970: days)
        let day = "\(zeroPadded(date.year, to: 4))-\(zeroPadded(date.month, to: 2))-\(zeroPadded(date.day, to: 2))"
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { zeroPadded($0, to: 2) }
        return "\(day)T\(clock.joined(separator: ":")).\(zeroPadded(rest % 1000, to: 3))Z"
    }
}

private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ characters: Unicode.Scalar...) -> Bool {
        guard let first = rest.first, characters.contains(Unicode.Scalar(first)) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digit() -> Int? {
        guard let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        rest.removeFirst()
        return Int(first - UInt8(ascii: "0"))
    }

    /// Exactly that many digits.
    mutating func number(_ count: Int) -> Int? {
        var number = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// `.` and 1 to 9 digits; 0 without a dot.
    mutating func fractionInMilliseconds() -> Int? {
        guard skip(".") else { return 0 }
        var milliseconds = 0
        var count = 0
        while let digit = digit() {
            if count < 3 { milliseconds = milliseconds * 10 + digit }
            count += 1
        }
        guard (1...9).contains(count) else { return nil }
        for _ in min(count, 3)..<3 { milliseconds *= 10 }
        return milliseconds
    }

    mutating func offsetInMinutes() -> Int? {
        if skip("Z", "z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60 else {
            return nil
        }
        return sign * (hours * 60 + minutes)
    }
}
