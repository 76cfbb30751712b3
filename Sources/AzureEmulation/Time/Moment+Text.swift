/// The spellings of a date that the services use.
extension Moment {
    /// `2020-08-20T18:08:05Z`
    package var wholeSeconds: String {
        calendar.date + "Z"
    }

    /// Up to seven fraction digits without trailing zeros, as .NET prints them: `2020-08-20T18:08:24.634358Z`.
    package var sevenDigits: String {
        fraction(digits: 7)
    }

    /// Up to three fraction digits without trailing zeros, as Custom Vision prints them: `2020-11-06T16:31:44.74Z`.
    package var threeDigits: String {
        fraction(digits: 3)
    }

    /// `Thu, 20 Aug 2020 18:08:04 GMT`
    package var httpDate: String {
        let calendar = calendar
        let weekday = Self.weekdays[Int((calendar.days + 4) % 7)]
        let month = Self.months[Int(calendar.month - 1)]
        return "\(weekday), \(two(calendar.day)) \(month) \(calendar.year) \(calendar.time) GMT"
    }

    /// Midnight before the first day of the next month.
    var startOfNextMonth: Moment {
        let inNextMonth = calendar.days - calendar.day + 32
        let day = Calendar(seconds: inNextMonth * 86_400).day
        return Moment(unixSeconds: (inNextMonth - day + 1) * 86_400)
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func fraction(digits: Int) -> String {
        var number = nanoseconds % 1_000_000_000
        for _ in digits..<9 { number /= 10 }
        guard number > 0 else { return wholeSeconds }
        var text = String(number)
        text = String(repeating: "0", count: digits - text.utf8.count) + text
        while text.last == "0" { text.removeLast() }
        return calendar.date + "." + text + "Z"
    }

    private var calendar: Calendar {
        Calendar(seconds: unixSeconds)
    }
}

/// A proleptic Gregorian date and a time of day, for dates from 1970 on.
private struct Calendar {
    let days: Int64
    let year: Int64
    let month: Int64
    let day: Int64
    let time: String

    init(seconds: Int64) {
        days = seconds / 86_400
        let second = seconds % 86_400
        time = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
        // Years begin in March here, so that the leap day is the last of its year.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var date: String {
        "\(year)-\(two(month))-\(two(day))T\(time)"
    }
}

private func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
