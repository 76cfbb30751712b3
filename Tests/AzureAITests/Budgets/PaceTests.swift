import Testing

@testable import AzureAI

@Suite("Pace")
struct PaceTests {
    @Test("places are an interval apart, however many are taken at once")
    func spacing() {
        var pace = Pace(rate: 50)
        let places = (0..<5).map { _ in pace.take(at: .seconds(1)) }
        #expect(places == [1000, 1000, 1020, 1040, 1060].map { .milliseconds($0) })
    }

    @Test("idle time is not saved up")
    func noBurst() {
        var pace = Pace(rate: 5)
        _ = pace.take(at: .zero)
        let places = (0..<4).map { _ in pace.take(at: .seconds(100)) }
        #expect(places == [100_000, 100_180, 100_380, 100_580].map { .milliseconds($0) })
    }

    @Test("the place that was taken last can be given back")
    func giveBack() {
        var pace = Pace(rate: 10)
        _ = pace.take(at: .seconds(1))
        let place = pace.take(at: .seconds(1))
        pace.giveBack(place)
        #expect(pace.take(at: .seconds(1)) == place)
        pace.giveBack(.zero)
        #expect(pace.next == place + .milliseconds(100))
    }

    @Test("senseless rates do not trap", arguments: [0, -1, .nan, .infinity, 1e300])
    func rates(_ rate: Double) {
        var pace = Pace(rate: rate)
        #expect(pace.take(at: .zero) == .zero)
        #expect(pace.interval > .zero)
    }
}
