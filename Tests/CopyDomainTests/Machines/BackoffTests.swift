import Testing

@testable import CopyDomain

@Suite("A pause before another try")
struct BackoffTests {
    @Test("doubles up to 30 s, all of it random")
    func doubling() {
        var backoff = Backoff()
        let waits = (1...8).map { _ in backoff.pause(after: failure(.notDone(retryAfter: nil))) }
        #expect(waits == [1, 2, 4, 8, 16, 30, 30, 30].map { Wait(.seconds($0), jitter: 1) })
        #expect(backoff.failures == 8)
        backoff.reset()
        #expect(backoff.pause() == Wait(.seconds(1), jitter: 1))
    }

    @Test("waits for what Azure asked in full, with the random part on top")
    func retryAfter() {
        var backoff = Backoff()
        let wait = backoff.pause(after: failure(.notDone(retryAfter: .seconds(3))))
        #expect(wait == Wait(.seconds(4), jitter: 0.25))
    }

    @Test(
        "does not believe an impossible Retry-After",
        arguments: [(Duration.seconds(-5), Duration.seconds(1)), (.seconds(Int64.max), .seconds(86_401))]
    )
    func impossible(asked: Duration, longest: Duration) {
        var backoff = Backoff()
        #expect(backoff.pause(after: failure(.notDone(retryAfter: asked))).duration == longest)
    }

    @Test("never exceeds its limit")
    func limit() {
        var backoff = Backoff()
        let asked = failure(.notDone(retryAfter: .seconds(10)))
        #expect(backoff.pause(after: asked, atMost: .seconds(5)) == Wait(.seconds(5), jitter: 0))
        #expect(backoff.pause(after: asked, atMost: .seconds(11)) == Wait(.seconds(11), jitter: 1.0 / 11))
        #expect(backoff.pause(after: asked, atMost: .zero) == Wait(.zero))
        #expect(backoff.pause(atMost: .seconds(-1)) == Wait(.zero))
    }

    @Test("what may be tried a few times only is tried at growing distances")
    func spaced() {
        let pauses = (1...5).map { Backoff.spaced($0) }
        #expect(pauses.map { $0.duration * (1 - $0.jitter) } == [1, 4, 16, 30, 30].map { .seconds($0) })
        #expect(pauses.map(\.duration) == [2, 8, 32, 60, 60].map { .seconds($0) })
    }

    @Test("remembers the last failure for the outcome")
    func trouble() {
        var backoff = Backoff()
        _ = backoff.pause(after: failure(.notDone(retryAfter: nil), .throttled, status: 429))
        #expect(backoff.trouble?.azure?.status == 429)
        _ = backoff.pause()
        #expect(backoff.trouble?.azure?.status == 429)
        backoff.reset()
        #expect(backoff.trouble == nil)
    }
}
