import Testing

@testable import CopyDomain

@Suite("Taking a target away")
struct RemovalTests {
    private var removal = Removal(of: "m", until: noon + .seconds(600))
    private var backoff = Backoff()

    @Test("deletes, then looks until it is gone")
    mutating func success() {
        #expect(removal.proceed(at: noon) == .delete)
        #expect(removal.step == .deleting(since: noon))
        #expect(removal.deleted() == .look)
        #expect(removal.looked(isThere: false, backoff: &backoff, at: noon) == .gone)
    }

    @Test("looks after a delete with an open fate, and deletes again only what is there")
    mutating func openFate() {
        _ = removal.proceed(at: noon)
        #expect(removal.proceed(at: noon) == .look)
        #expect(removal.proceed(at: noon) == .look)
        #expect(removal.looked(isThere: true, backoff: &backoff, at: noon) == .wait(Wait(.seconds(1), jitter: 1)))
        #expect(removal.proceed(at: noon + .seconds(1)) == .delete)
        #expect(removal.failed(failure(.unknown), backoff: &backoff, at: noon) == .look)
    }

    @Test("sends a delete that was proven not done again")
    mutating func notDone() {
        _ = removal.proceed(at: noon)
        let wait = removal.failed(failure(.notDone(retryAfter: nil)), backoff: &backoff, at: noon)
        #expect(wait == .wait(Wait(.seconds(1), jitter: 1)))
        #expect(removal.step == .due)
    }

    @Test("takes a success that could not be read for done")
    mutating func unreadable() {
        _ = removal.proceed(at: noon)
        #expect(removal.failed(failure(.refused, status: 200), backoff: &backoff, at: noon) == .look)
    }

    @Test("is stuck when refused, and when failures last too long")
    mutating func stuck() {
        let refused = failure(.refused, .accessDenied, status: 403)
        _ = removal.proceed(at: noon)
        #expect(removal.failed(refused, backoff: &backoff, at: noon) == .stuck(refused))
        let late = noon + .seconds(600)
        var tired = Removal(of: "m", until: late)
        #expect(tired.proceed(at: late) == .delete, "the first try is made whatever the time")
        let trouble = failure(.notDone(retryAfter: nil))
        #expect(tired.failed(trouble, backoff: &backoff, at: late) == .stuck(trouble))
        _ = tired.proceed(at: late)
        #expect(tired.looked(isThere: true, backoff: &backoff, at: late) == .stuck(nil))
    }
}
