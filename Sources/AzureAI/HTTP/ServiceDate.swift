package import CopyDomain

/// Dates as Azure writes them.
package enum ServiceDate {
    /// `2021-05-25T18:21:02.8731066Z`: ISO 8601 with 0 to 7 fraction digits, in UTC (azure-copy-apis.md 1.3) or with an
    /// offset from it, `+02:00`.
    /// Digits beyond milliseconds are cut off. Anything else is `nil`.
    package static func timestamp(iso8601 text: some StringProtocol) -> Timestamp? {
        var scanner = Scanner(text.utf8)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T"), let hour = scanner.number(2), scanner.skip(":"),
            let minute = scanner.number(2), scanner.skip(":"), let second = scanner.number(2)
        else { return nil }
        var milliseconds = 0
        if scanner.skip(".") {
            guard let fraction = scanner.fraction(atMost: 7) else { return nil }
            milliseconds = fraction
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        return timestamp(year, month, day, hour, minute, second, milliseconds).map { $0 - offset }
    }

    /// `Thu, 20 Aug 2020 18:08:30 GMT`: the form of the Date and Retry-After headers (RFC 9110, 5.6.7).
    package static func timestamp(httpDate text: some StringProtocol) -> Timestamp? {
        let fields = text.split(separator: " ")
        guard fields.count == 6, fields[0].hasSuffix(","), fields[5] == "GMT", let day = Int(fields[1]),
            let month = months.firstIndex(of: String(fields[2])), let year = Int(fields[3])
        else { return nil }
        var scanner = Scanner(fields[4].utf8)
        guard let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2), scanner.skip(":"),
            let second = scanner.number(2), scanner.isAtEnd
        else { return nil }
        return timestamp(year, month + 1, day, hour, minute, second, 0)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func timestamp(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int,
        _ second: Int,
        _ milliseconds: Int
    ) -> Timestamp? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        return Timestamp(milliseconds: Int64(seconds * 1000 + milliseconds))
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    }

    private struct Scanner {
        private var rest: [UInt8].SubSequence

        init(_ text: some Sequence<UInt8>) { rest = Array(text)[...] }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func skip(_ literal: String) -> Bool {
            guard rest.starts(with: literal.utf8) else { return false }
            rest = rest.dropFirst(literal.utf8.count)
            return true
        }

        mutating func number(_ count: Int) -> Int? {
            guard rest.count >= count, rest.prefix(count).allSatisfy(isDigit) else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }

        /// From UTC to the local time that was read.
        mutating func offset() -> Duration? {
            if skip("Z") { return .zero }
            let sign = skip("+") ? 1 : skip("-") ? -1 : 0
            guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else {
                return nil
            }
            return .seconds(sign * (hours * 3600 + minutes * 60))
        }

        /// Milliseconds from 1 to `limit` fraction digits.
        mutating func fraction(atMost limit: Int) -> Int? {
            let digits = rest.prefix(while: isDigit)
            guard (1...limit).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            let padded = (digits + [UInt8](repeating: UInt8(ascii: "0"), count: 2)).prefix(3)
            return padded.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }

        private func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
