import CopyDomain
import Testing

@testable import AzureAI

@Suite("Ledger of tokens")
struct TokenLedgerTests {
    static func grant(_ seconds: Int, refreshIn: Duration? = nil) -> TokenGrant {
        TokenGrant(token: Secret("t"), lifetime: .seconds(seconds), refreshIn: refreshIn)
    }

    static let refusal = TokenFailure(verdict: .refused(.credentialRefused), message: "no")
    static let outage = TokenFailure(verdict: .transient(.azureUnavailable, retryAfter: nil), message: "down")

    @Test(
        "a token is renewed at half of a long life, else five minutes before its end",
        arguments: [(86_400, 43_200), (7200, 3600), (3600, 3300), (660, 360), (400, 200), (20, 10)]
    )
    func renewal(life: Int, renewed: Int) throws {
        let token = try #require(AccessToken(Self.grant(life), number: 1, askedAt: .seconds(100), random: 1))
        #expect(token.refreshAt == .seconds(100 + renewed))
        let early = try #require(AccessToken(Self.grant(life), number: 1, askedAt: .seconds(100), random: 0))
        #expect(early.refreshAt < token.refreshAt && early.refreshAt > .seconds(100 + renewed * 4 / 5))
        #expect(token.usableUntil > token.refreshAt)
        #expect(token.usableUntil <= .seconds(100 + life) - min(.seconds(60), .seconds(life) / 4))
    }

    @Test("the endpoint's own wish is heeded, but not beyond five minutes before the end")
    func refreshIn() throws {
        let wish = try #require(
            AccessToken(Self.grant(3600, refreshIn: .seconds(1000)), number: 1, askedAt: .zero, random: 1)
        )
        #expect(wish.refreshAt == .seconds(1000))
        let late = try #require(
            AccessToken(Self.grant(3600, refreshIn: .seconds(3599)), number: 1, askedAt: .zero, random: 1)
        )
        #expect(late.refreshAt == .seconds(3300))
    }

    @Test("one asker fetches; the others wait without a token, and use the old one while there is one")
    func oneFetch() throws {
        var ledger = TokenLedger()
        #expect(ledger.asked(at: .zero) == .fetch(fallback: nil))
        #expect(ledger.asked(at: .zero) == .wait)
        ledger.received(Self.grant(3600), askedAt: .zero, random: 1)
        let token = try #require(AccessToken(Self.grant(3600), number: 1, askedAt: .zero, random: 1))
        #expect(ledger.asked(at: .seconds(3299)) == .use(token))
        #expect(ledger.asked(at: .seconds(3300)) == .fetch(fallback: token))
        #expect(ledger.asked(at: .seconds(3300)) == .use(token))
        #expect(ledger.asked(at: .seconds(3540)) == .wait)
        ledger.gaveUp()
        #expect(ledger.asked(at: .seconds(3541)) == .fetch(fallback: nil))
    }

    @Test("failures pause ever longer, at most a minute, and at least as long as was asked")
    func pauses() {
        var ledger = TokenLedger()
        var now = Duration.zero
        for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
            #expect(ledger.asked(at: now) == .fetch(fallback: nil))
            ledger.failed(Self.outage, showing: nil, at: now, random: 1)
            #expect(
                ledger.asked(at: now) == .failed(Self.outage, pause: .seconds(pause), isFinal: false)
            )
            now += .seconds(pause)
        }
        let asked = TokenFailure(verdict: .transient(.throttled, retryAfter: .seconds(90)), message: "")
        #expect(ledger.asked(at: now) == .fetch(fallback: nil))
        ledger.failed(asked, showing: nil, at: now, random: 0)
        #expect(ledger.asked(at: now) == .failed(asked, pause: .seconds(90), isFinal: false))
    }

    @Test("a refusal is final, except for an identity that has worked, which is given its time")
    func refusals() {
        var ledger = TokenLedger()
        _ = ledger.asked(at: .zero)
        ledger.failed(Self.refusal, showing: Secret("s"), at: .zero, random: 1)
        #expect(ledger.asked(at: .zero) == .failed(Self.refusal, pause: .seconds(10), isFinal: true))
        #expect(ledger.refusedSecret == Secret("s"))
        ledger.tryAtOnce(at: .zero)
        #expect(ledger.asked(at: .zero) == .fetch(fallback: nil))
        ledger.received(Self.grant(3600), askedAt: .zero, random: 1)
        var now = Duration.seconds(3600)
        var verdicts: [Bool] = []
        for _ in 0..<5 {
            #expect(ledger.asked(at: now) == .fetch(fallback: nil))
            ledger.failed(Self.refusal, showing: nil, at: now, random: 1)
            guard case .failed(_, let pause, let isFinal) = ledger.asked(at: now) else { continue }
            verdicts.append(isFinal)
            now += pause
        }
        // After 0, 10, 30, 70 and 150 seconds.
        #expect(verdicts == [false, false, false, false, true])
    }

    @Test("a refused token is thrown away once, a token that a resource took always, and only the present one")
    func dropped() {
        var ledger = TokenLedger()
        func fetch(at now: Duration) {
            #expect(ledger.asked(at: now) == .fetch(fallback: nil))
            ledger.received(Self.grant(3600), askedAt: now, random: 1)
        }
        fetch(at: .zero)
        let foreign = ledger.refused(number: 7, wasTaken: true, at: .zero)
        #expect(!foreign)
        let first = ledger.refused(number: 1, wasTaken: false, at: .zero)
        #expect(first)
        fetch(at: .seconds(1))
        let again = ledger.refused(number: 2, wasTaken: false, at: .seconds(2))
        #expect(!again)
        let taken = ledger.refused(number: 2, wasTaken: true, at: .seconds(3))
        #expect(taken)
        fetch(at: .seconds(4))
        let later = ledger.refused(number: 3, wasTaken: false, at: .seconds(63))
        #expect(later)
    }
}
