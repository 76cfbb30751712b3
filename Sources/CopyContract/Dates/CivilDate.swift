/// A day of the proleptic Gregorian calendar, years 1 to 9999.
struct CivilDate: Hashable, Sendable {
    let year: Int
    let month: Int
    let day: Int

    /// The number of the day, 0 for 1970-01-01; `nil` for a day that the calendar does not have.
    static func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...length(ofMonth: month, in: year)).contains(day)
        else { return nil }
        return daysBefore(year: year) + daysBefore(month: month, in: year) + day - 1 - daysBefore(year: 1970)
    }

    /// - Parameter days: of a day in the years 1 to 9999.
    init(daysSince1970 days: Int) {
        let ordinal = days + Self.daysBefore(year: 1970)
        // 365.2425 days are a mean year: the guess is right or one off.
        var year = ordinal * 400 / 146_097 + 1
        while Self.daysBefore(year: year) > ordinal { year -= 1 }
        while Self.daysBefore(year: year + 1) <= ordinal { year += 1 }
        var rest = ordinal - Self.daysBefore(year: year)
        var month = 1
        while rest >= Self.length(ofMonth: month, in: year) {
            rest -= Self.length(ofMonth: month, in: year)
            month += 1
        }
        self.year = year
        self.month = month
        self.day = rest + 1
    }

    /// Days from 0001-01-01 to the first of that year.
    private static func daysBefore(year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400
    }

    private static func daysBefore(month: Int, in year: Int) -> Int {
        (1..<month).reduce(0) { $0 + length(ofMonth: $1, in: year) }
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
