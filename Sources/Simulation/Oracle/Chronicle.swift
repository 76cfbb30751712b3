import CopyDomain
import Synchronization

/// Who did what when, for people who look into a seed; writes nothing unless it is told to.
final class Chronicle: Sendable {
    let isOn: Bool
    private let clock: SimulatedClock
    private let entries = Mutex<[String]>([])

    init(isOn: Bool, clock: SimulatedClock) {
        self.isOn = isOn
        self.clock = clock
    }

    var lines: [String] { entries.withLock(\.self) }

    func write(_ who: String, _ what: @autoclosure () -> String) {
        guard isOn else { return }
        let now = clock.elapsed.wholeMilliseconds
        let seconds = String(now / 1000)
        let thousandths = String(now % 1000 + 1000).dropFirst()
        let time = String(repeating: " ", count: max(0, 5 - seconds.count)) + seconds + "." + thousandths
        let name = who + String(repeating: " ", count: max(0, 9 - who.count))
        let line = "\(time)  \(name)  \(what())"
        entries.withLock { $0.append(line) }
    }
}
