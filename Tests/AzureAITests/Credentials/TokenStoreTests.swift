import CopyDomain
import Synchronization
import Testing

@testable import AzureAI

@Suite("Store of tokens", .timeLimit(.minutes(1)))
struct TokenStoreTests {
    static let long: Duration = .seconds(3600)

    static func text(_ result: Result<Proof, CallFailure>?) -> String? {
        guard case .success(let proof)? = result else { return nil }
        return proof.secret.reveal()
    }

    static func failure(_ result: Result<Proof, CallFailure>?) -> CallFailure? {
        guard case .failure(let failure)? = result else { return nil }
        return failure
    }

    @Test("fifty callers at once cost one fetch")
    func oneFetch() async throws {
        let clock = ManualClock()
        let http = AnsweringHTTP { _ in
            try await clock.sleep(for: .seconds(1))
            return Identities.token("t-1")
        }
        let store = Identities.store(http, clock: clock)
        let texts = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<50 { group.addTask { Self.text(try await store.token(within: Self.long)) } }
            await eventually { clock.sleepers == 1 && store.waiting == 49 }
            clock.advance(by: .seconds(1))
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == [String?](repeating: "t-1", count: 50))
        #expect(http.requests.count == 1)
    }

    @Test("a token that is due is renewed by one caller while the others go on with the old one")
    func earlyRenewal() async throws {
        let clock = ManualClock()
        let count = Counter()
        let http = AnsweringHTTP { _ in
            let number = count.increment()
            if number > 1 { try await clock.sleep(for: .seconds(2)) }
            return Identities.token("t-\(number)")
        }
        let store = Identities.store(http, clock: clock)
        #expect(Self.text(try await store.token(within: Self.long)) == "t-1")
        clock.advance(by: .seconds(3300))
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { Self.text(try await store.token(within: Self.long)) }
            await eventually { clock.sleepers == 1 }
            for _ in 0..<20 { #expect(Self.text(try await store.token(within: Self.long)) == "t-1") }
            clock.advance(by: .seconds(2))
            let text = try await group.next()
            #expect(text == "t-2")
        }
        #expect(http.requests.count == 2)
        #expect(http.requests[1].timeout == TokenStore.renewalTimeout)
    }

    @Test("while renewals fail the old token is used, and the endpoint is not pestered")
    func failingRenewal() async throws {
        let clock = ManualClock()
        let count = Counter()
        let http = AnsweringHTTP { _ in
            count.increment() == 1 ? Identities.token("t-1") : HTTPResponse.json(500, "")
        }
        let store = Identities.store(http, clock: clock)
        for second in 0..<3540 {
            let text = Self.text(try await store.token(within: Self.long))
            #expect(text == "t-1", "after \(second) s")
            clock.advance(by: .seconds(1))
        }
        // From 3300 s on, after 1, 2, 4, 8, 16, 32 s and then once a minute.
        #expect(http.requests.count == 1 + 9)
        let failure = Self.failure(try await store.token(within: Self.long))
        #expect(failure?.code == .azureUnavailable)
        guard case .notDone(let pause?)? = failure?.fate else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(pause > .zero && pause <= .seconds(60))
    }

    @Test("a token that lives no longer than its fetch takes is used by the one that fetched it")
    func shortLife() async throws {
        let clock = LeapingClock()
        let http = AnsweringHTTP { _ in
            try await clock.sleep(for: .seconds(2))
            return Identities.token("t-1", lifetime: 1)
        }
        let store = Identities.store(http, clock: clock)
        #expect(Self.text(try await store.token(within: Self.long)) == "t-1")
        #expect(http.requests.count == 1)
    }

    @Test("nobody waits beyond its limit")
    func limit() async throws {
        let clock = ManualClock()
        let http = AnsweringHTTP { request in
            try await clock.sleep(for: request.timeout)
            throw HTTPSendingError(.noAnswer, "the time for it was over")
        }
        let store = Identities.store(http, clock: clock)
        try await withThrowingTaskGroup(of: Result<Proof, CallFailure>?.self) { group in
            group.addTask { try await store.token(within: Self.long) }
            await eventually { clock.sleepers == 1 }
            group.addTask { try await store.token(within: .seconds(3)) }
            await eventually { clock.sleepers == 2 }
            clock.advance(by: .seconds(3))
            let first = try await group.next()
            #expect(first == .some(nil))
            clock.advance(by: .seconds(7))
            let second = Self.failure(try await group.next() ?? nil)
            #expect(second?.fate == .notDone(retryAfter: .seconds(1)))
        }
        #expect(http.requests.first?.timeout == TokenStore.timeout)
    }

    @Test("a fetcher that is cancelled hands the fetch on")
    func cancelled() async throws {
        let clock = ManualClock()
        let http = AnsweringHTTP { _ in
            try await clock.sleep(for: .seconds(1))
            return Identities.token("t-1")
        }
        let store = Identities.store(http, clock: clock)
        try await withThrowingTaskGroup(of: String?.self) { group in
            let leader = Task { _ = try await store.token(within: Self.long) }
            await eventually { clock.sleepers == 1 }
            group.addTask { Self.text(try await store.token(within: Self.long)) }
            await eventually { store.waiting == 1 }
            leader.cancel()
            await #expect(throws: CancellationError.self) { try await leader.value }
            await eventually { clock.sleepers == 1 }
            clock.advance(by: .seconds(1))
            let text = try await group.next()
            #expect(text == "t-1")
        }
        #expect(http.requests.count == 2)
    }

    @Test("a refusal is told without the secret, asked about rarely, and at once when the secret has changed")
    func refused() async throws {
        let secret = Mutex(Identities.secret)
        let (logger, pages) = LogBook.logger()
        let http = AnsweringHTTP { request in
            request.body?.reveal().contains("client_secret=new-one") == true
                ? Identities.token("t-1") : Identities.badSecret
        }
        let read: SecretSourceReading = { SecretReading(secret.withLock { $0 }) }
        let store = Identities.store(
            http,
            clock: ManualClock(),
            identity: Identities.withSecret(read),
            logger: logger
        )
        for _ in 0..<3 {
            let failure = Self.failure(try await store.token(within: Self.long))
            #expect(failure?.code == .credentialRefused && failure?.fate == .refused)
            #expect(failure?.message.contains("AADSTS7000215") == true)
            #expect(failure?.message.contains("contoso") == true && failure?.azure == nil)
            #expect(failure?.message.contains("canary") == false)
        }
        #expect(http.requests.count == 1)
        secret.withLock { $0 = Secret("new-one") }
        #expect(Self.text(try await store.token(within: Self.long)) == "t-1")
        #expect(store.trouble == nil)
        let log = pages.all.joined(separator: "\n")
        #expect(log.contains("warning no token: the token endpoint answered with HTTP 401"))
        #expect(!log.contains("canary") && !log.contains("new-one") && !log.contains("t-1"))
    }

    @Test("a secret that is not there is told as missing, and nothing is sent")
    func missing() async throws {
        struct Missing: Error, CustomStringConvertible {
            var description: String { "the file /s is not readable" }
        }
        let http = AnsweringHTTP { _ in Identities.token("t") }
        let store = Identities.store(
            http,
            clock: ManualClock(),
            identity: Identities.withSecret { throw Missing() }
        )
        let failure = Self.failure(try await store.token(within: Self.long))
        #expect(failure?.code == .credentialMissing && failure?.fate == .refused)
        #expect(failure?.message.contains("/s is not readable") == true)
        #expect(http.requests.isEmpty && store.trouble != nil)
    }
}
