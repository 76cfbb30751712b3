import CopyDomain
import CopyJournal
import Testing

@testable import CopyRuntime

@Suite("Suspicion")
struct SuspicionTests {
    private static let first = RequestID(rawValue: "first")!
    private static let second = RequestID(rawValue: "second")!

    @Test("nobody runs alone in the first minute, nor before a rest four times as long as the last one took")
    func rest() {
        let lane = LoneLane(at: .seconds(5))
        #expect(!lane.enter(Self.first, at: .seconds(64)))
        #expect(lane.enter(Self.first, at: .seconds(65)))
        #expect(!lane.enter(Self.second, at: .seconds(66)))
        #expect(!lane.leave(Self.second, at: .seconds(67)))
        #expect(lane.isOccupied)
        #expect(lane.leave(Self.first, at: .seconds(75)))
        #expect(!lane.leave(Self.first, at: .seconds(75)))
        #expect(!lane.isOccupied)
        #expect(!lane.enter(Self.second, at: .seconds(114)))
        #expect(lane.enter(Self.second, at: .seconds(115)))
    }

    @Test("who ends its isolation does not end another's")
    func isolation() {
        let registry = RunRegistry()
        registry.isolate(Self.first)
        registry.isolate(Self.second)
        registry.endIsolation(of: Self.first)
        #expect(registry.lone == Self.second)
        registry.endIsolation(of: Self.second)
        #expect(registry.lone == nil)
    }

    @Test(
        "the more deaths, the fewer run at a time",
        arguments: [(1, [1, 1, 1]), (20, [5, 1, 1]), (100, [25, 6, 1])]
    )
    func dock(slots: Int, rooms: [Int]) {
        let shares: [Dock.Share] = [.quarter, .sixteenth, .one]
        let dock = Dock(places: slots)
        let ids = (0..<slots).compactMap { RequestID(rawValue: "r-\($0)") }
        #expect(shares.map { share in ids.count { dock.enter($0, share) } } == rooms)
        dock.leave(ids[0], .quarter)
        #expect(dock.enter(Self.first, .quarter))
        #expect(!dock.enter(Self.second, .quarter))
    }

    @Test("deaths and what they advise")
    func advice() {
        let advice = (0...7).map { OwnerDeaths(recent: $0, total: 20).suspicion }
        let shares: [OwnerDeaths.Suspicion] = [.grave(.quarter), .grave(.sixteenth), .grave(.one)]
        #expect(advice == [.none, .slight, .slight] + shares + [.graver, .graver])
        #expect(OwnerDeaths(recent: 7, total: 7, alone: 1).suspicion == .graver)
        #expect(OwnerDeaths(recent: 8, total: 8, alone: 2).suspicion == .proven)
        #expect(!OwnerDeaths(recent: 9, total: 17).mayBeSlow)
        #expect(OwnerDeaths(recent: 0, total: 9).mayBeSlow)
    }
}
