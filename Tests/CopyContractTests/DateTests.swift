import CopyContract
import CopyDomain
import Testing

@Suite("Dates")
struct DateTests {
    static let readable: [(String, Int64)] = [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.1Z", 100),
        ("1970-01-01T00:00:00.12Z", 120),
        ("1970-01-01T00:00:00.123Z", 123),
        ("1970-01-01T00:00:00.0009999Z", 0),
        ("1970-01-01T00:00:00.1234567Z", 123),
        ("1970-01-01T00:00:00.123456789Z", 123),
        ("1970-01-01t00:00:01z", 1000),
        ("1970-01-01T02:00:00+02:00", 0),
        ("1969-12-31T18:30:00-05:30", 0),
        ("1970-01-01T00:00:00-00:00", 0),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2026-11-21T13:00:00Z", 1_795_266_000_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000),
        ("2100-03-01T00:00:00Z", 4_107_542_400_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ]

    @Test("RFC 3339 is read", arguments: readable)
    func reads(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    static let unreadable = [
        "", "now", "2026-11-21", "2026-11-21T13:00Z", "2026-11-21 13:00:00Z", "2026-11-21T13:00:00",
        "2026-11-21T13:00:00.Z", "2026-11-21T13:00:00.1234567890Z", "2026-11-21T13:00:00,5Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
        "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T23:59:60Z",
        "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+01:60", "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00Zx",
        "0000-01-01T00:00:00Z", "20261-01-01T00:00:00Z", "-2026-01-01T00:00:00Z", "２026-01-01T00:00:00Z",
        "2026-1-1T00:00:00Z", " 2026-01-01T00:00:00Z",
    ]

    @Test("anything else is not", arguments: unreadable)
    func refuses(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    static let written: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (-86_400_000, "1969-12-31T00:00:00.000Z"),
        (1_795_266_000_007, "2026-11-21T13:00:00.007Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (.min, "0001-01-01T00:00:00.000Z"),
        (.max, "9999-12-31T23:59:59.999Z"),
    ]

    @Test("moments are written in UTC with milliseconds", arguments: written)
    func writes(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test("what is written is read back, over all centuries")
    func roundTrip() {
        var moment: Int64 = -62_135_596_800_000
        var wrong = 0
        while moment <= 253_402_300_799_999 {
            if Timestamp(rfc3339: Timestamp(milliseconds: moment).rfc3339)?.milliseconds != moment { wrong += 1 }
            // Not a divisor of a day or a year, so that all times of the day and days of the year come up.
            moment += 31_415_926_535
        }
        #expect(wrong == 0)
    }
}
