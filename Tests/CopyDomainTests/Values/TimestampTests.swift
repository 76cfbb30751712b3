import Foundation
import Testing

@testable import CopyDomain

@Suite("A moment")
struct TimestampTests {
    @Test("moves by durations, in milliseconds")
    func arithmetic() {
        #expect(noon + .milliseconds(1500) == Timestamp(milliseconds: noon.milliseconds + 1500))
        #expect(noon - .seconds(1) == Timestamp(milliseconds: noon.milliseconds - 1000))
        #expect((noon + .microseconds(999)) == noon)
        #expect((noon + .seconds(2)).since(noon) == .seconds(2))
        #expect(noon.since(noon + .seconds(2)) == .seconds(-2))
        #expect(noon < noon + .milliseconds(1))
    }

    @Test("saturates instead of trapping, whatever a service sends")
    func saturation() {
        let last = Timestamp(milliseconds: .max)
        let first = Timestamp(milliseconds: .min)
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(noon + .seconds(Int64.max) == last)
        #expect(first + .seconds(-1) == first)
        #expect(last.since(first) == .milliseconds(Int64.max))
        #expect(first.since(last) == .milliseconds(Int64.min))
        #expect(Duration.seconds(Int64.min).wholeMilliseconds == .min)
        #expect(Duration.milliseconds(-1500).wholeMilliseconds == -1500)
    }

    @Test("is stored as a number")
    func coding() throws {
        #expect(try String(decoding: JSONEncoder().encode([noon]), as: UTF8.self) == "[1795262400000]")
        #expect(stored(noon) == noon)
    }
}
