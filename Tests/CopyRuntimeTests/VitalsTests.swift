import AzureAI
import CopyDomain
import Synchronization
import Testing

@testable import CopyRuntime

@Suite("Vitals")
struct VitalsTests {
    private let limits = Vitals.Limits()
    private let first: RequestID
    private let second: RequestID

    init() throws {
        first = try #require(RequestID(rawValue: "first"))
        second = try #require(RequestID(rawValue: "second"))
    }

    private func paused(at now: Duration = .seconds(4)) -> Vitals {
        var vitals = Vitals(limits: limits)
        for number in 0..<5 { _ = vitals.note(.failed, by: number == 0 ? second : first, at: now * number / 4) }
        return vitals
    }

    @Test("five failures in a row over some seconds pause; fewer, or all at once, do not")
    func pausing() {
        var vitals = Vitals(limits: limits)
        for second in 0..<4 { #expect(vitals.note(.failed, by: first, at: .seconds(second)) == nil) }
        #expect(vitals.note(.failed, by: second, at: .seconds(4)) == .paused)
        var burst = Vitals(limits: limits)
        for _ in 0..<50 { #expect(burst.note(.failed, by: first, at: .seconds(1)) == nil) }
        #expect(!burst.isPaused)
    }

    @Test("failures of one request pause it alone; the first of another pauses all")
    func troubleOfOne() {
        var vitals = Vitals(limits: limits)
        for moment in 0..<4 { #expect(vitals.note(.failed, by: first, at: .seconds(moment)) == nil) }
        #expect(vitals.note(.failed, by: first, at: .seconds(4)) == .pausedForOne)
        #expect(!vitals.admits(first) && vitals.admits(second))
        #expect(!vitals.wantsProbe(second, at: .seconds(60)))
        var healthy = vitals
        #expect(healthy.note(.answered, by: second, at: .seconds(5)) == .opened)
        #expect(healthy.admits(first) && healthy.isSound)
        #expect(vitals.note(.failed, by: second, at: .seconds(5)) == .paused)
        #expect(!vitals.admits(first) && !vitals.admits(second))
        #expect(vitals.wantsProbe(second, at: .seconds(9)))
    }

    @Test("who has probed in vain three times leaves it to others; who waits alone does not")
    func probesInTurn() {
        var lonely = Vitals(limits: limits)
        for moment in 0..<5 { _ = lonely.note(.failed, by: first, at: .seconds(moment)) }
        var common = paused()
        for number in 1...5 {
            lonely.probe(by: first, at: .seconds(600 * number))
            _ = lonely.note(.failed, by: first, at: .seconds(600 * number))
            #expect(lonely.wasProbed(by: first))
            common.probe(by: first, at: .seconds(600 * number))
            _ = common.note(.failed, by: first, at: .seconds(600 * number))
            #expect(common.wasProbed(by: first) == (number < 3))
        }
        common.probe(by: second, at: .seconds(6000))
        _ = common.note(.failed, by: second, at: .seconds(6000))
        #expect(common.wasProbed(by: second) && !common.wasProbed(by: first))
    }

    @Test("one success between forgives")
    func forgiving() {
        var vitals = Vitals(limits: limits)
        for second in 0..<20 {
            #expect(vitals.note(second % 4 == 3 ? .answered : .failed, by: first, at: .seconds(second)) == nil)
        }
        #expect(vitals.isSound)
    }

    @Test("while it is paused one request at a time probes, at growing intervals, and the first success opens")
    func probing() {
        var vitals = paused()
        var now: Duration = .seconds(4)
        var waits: [Duration] = []
        for _ in 0..<6 {
            let begin = now
            while !vitals.wantsProbe(first, at: now) { now += .milliseconds(500) }
            waits.append(now - begin)
            vitals.probe(by: first, at: now)
            #expect(vitals.admits(first) && !vitals.admits(second))
            #expect(!vitals.wantsProbe(second, at: now))
            #expect(vitals.note(.failed, by: second, at: now) == nil)
            #expect(vitals.admits(first), "the failure of another's call is not the probe's")
            #expect(vitals.note(.failed, by: first, at: now) == nil)
            #expect(!vitals.admits(first))
        }
        #expect(waits == [5, 10, 20, 40, 60, 60].map { Duration.seconds($0) })
        #expect(!vitals.wasProbed(by: second))
        #expect(vitals.note(.answered, by: second, at: now) == .opened)
        #expect(vitals.admits(first) && vitals.admits(second) && vitals.isSound)
    }

    @Test("a probe that never calls is not waited for, and one that leaves makes room at once")
    func idleProbes() {
        var vitals = paused()
        vitals.probe(by: first, at: .seconds(10))
        #expect(!vitals.wantsProbe(second, at: .seconds(69)))
        #expect(vitals.wantsProbe(second, at: .seconds(70)))
        vitals.leave(second)
        #expect(!vitals.wantsProbe(second, at: .seconds(11)))
        vitals.leave(first)
        #expect(vitals.wantsProbe(second, at: .seconds(11)))
    }

    @Test("two paused resources are probed together or not at all")
    func both() throws {
        let time = Mutex<Duration>(.zero)
        let health = ResourceHealth(limits: limits, uptime: { time.withLock { $0 } }) { _ in }
        let source = try #require(ResourceName(rawValue: "source"))
        let target = try #require(ResourceName(rawValue: "target"))
        for moment in 0..<5 {
            time.withLock { $0 = .seconds(moment) }
            _ = health.note(.failed, of: source, by: moment == 0 ? second : first)
            time.withLock { $0 = .seconds(moment + 2) }
            _ = health.note(.failed, of: target, by: moment == 0 ? second : first)
        }
        #expect(health.pausedResources == [source, target])
        time.withLock { $0 = .seconds(10) }
        #expect(health.admit(first, to: [source, target]) == .paused(target, probedBefore: false))
        time.withLock { $0 = .seconds(12) }
        #expect(health.admit(first, to: [source, target]) == .probe)
        #expect(health.obstacle(for: first, among: [source, target]) == nil)
        #expect(health.obstacle(for: second, among: [source]) == source)
        #expect(health.admit(second, to: [source]) == .paused(source, probedBefore: false))
        _ = health.note(.answered, of: source, by: first)
        #expect(health.admit(second, to: [source]) == .open)
        #expect(health.pausedResources == [target])
    }

    @Test("people are told since when a resource is paused, why, and when it is tried again")
    func notes() throws {
        let time = Mutex<Duration>(.zero)
        let health = ResourceHealth(limits: limits, uptime: { time.withLock { $0 } }) { _ in }
        let source = try #require(ResourceName(rawValue: "source"))
        for moment in 0..<5 {
            time.withLock { $0 = .seconds(moment) }
            #expect(health.notes.isEmpty)
            let request = moment == 0 ? second : first
            _ = health.note(.failed, saying: "failure \(moment)", of: source, by: request)
        }
        let begun = "source: keeps failing for"
        time.withLock { $0 = .seconds(6) }
        #expect(
            health.notes == ["\(begun) 6 s (failure 4); its requests wait, the next one is let through in 3 s"]
        )
        time.withLock { $0 = .seconds(9) }
        #expect(health.notes == ["\(begun) 9 s (failure 4); its requests wait, the next one that comes is let through"])
        #expect(health.admit(second, to: [source]) == .probe)
        let probe = "second is finding out whether it answers again"
        #expect(health.notes == ["\(begun) 9 s (failure 4); its requests wait, \(probe)"])
        _ = health.note(.failed, saying: "a later one", of: source, by: second)
        #expect(
            health.notes == ["\(begun) 9 s (a later one); its requests wait, the next one is let through in 10 s"]
        )
        _ = health.note(.answered, of: source, by: second)
        #expect(health.notes.isEmpty)
    }

    @Test(
        "what a failure says",
        arguments: [
            (nil, FailureCode.azureUnavailable, VitalSign.failed), (500, .azureUnavailable, .failed),
            (503, .azureUnavailable, .failed), (408, .azureUnavailable, .failed), (429, .throttled, nil),
            (nil, .throttled, nil), (nil, .credentialMissing, nil), (401, .accessDenied, .answered),
            (404, .sourceNotFound, .answered), (200, .unexpectedAnswer, .answered),
        ] as [(Int?, FailureCode, VitalSign?)]
    )
    func signs(status: Int?, code: FailureCode, sign: VitalSign?) {
        let failure = CallFailure(
            fate: .notDone(retryAfter: nil),
            code: code,
            message: "",
            azure: status.map { AzureError(status: $0) }
        )
        #expect(VitalSign(.failed(failure)) == sign)
    }
}
