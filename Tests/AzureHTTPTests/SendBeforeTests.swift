import AzureAI
import CopyDomain
import Synchronization
import Testing

@testable import AzureHTTP

@Suite("The gate at the socket", .timeLimit(.minutes(1)))
struct SendBeforeTests {
    let past = SendBefore(nanoseconds: 1)

    @Test("too late on a fresh connection: the server sees not a byte", arguments: ["", "{}"])
    func freshConnection(_ body: String) async throws {
        try await ScriptedServer.with { server in
            try await AsyncHTTPSender.with { sender in
                let clock = ContinuousClock()
                let start = clock.now
                let failure = await sender.failure(of: Requests.post(server.url + "/", body: body, sendBefore: past))
                #expect(failure?.code == .tooLate)
                #expect(clock.now - start < .seconds(10))
            }
            #expect(server.bytes == 0)
        }
    }

    @Test("too late on a pooled connection: the server sees not a byte more", arguments: ["", "{}"])
    func pooledConnection(_ body: String) async throws {
        try await ScriptedServer.with { server in
            try await AsyncHTTPSender.with { sender in
                _ = try await sender.send(Requests.post(server.url + "/first", sendBefore: .after(.seconds(60))))
                let bytes = server.bytes
                let failure = await sender.failure(of: Requests.post(server.url + "/", body: body, sendBefore: past))
                #expect(failure?.code == .tooLate)
                #expect(server.bytes == bytes)
                _ = try await sender.send(Requests.post(server.url + "/third", sendBefore: .after(.seconds(60))))
            }
            #expect(
                server.requests.map { $0.prefix { $0 != "\r\n" } } == ["POST /first HTTP/1.1", "POST /third HTTP/1.1"]
            )
        }
    }

    @Test("a request that waits for a connection is measured when it gets one")
    func waiting() async throws {
        var settings = AsyncHTTPSender.Settings()
        settings.connectionsPerHost = 1
        try await ScriptedServer.with([.silence]) { server in
            try await AsyncHTTPSender.with(settings) { sender in
                let url = server.url
                // The first holds the only connection until its time is over, beyond the second one's moment.
                async let first = sender.failure(of: Requests.post(url + "/1", timeout: .seconds(3)))
                while server.requests.isEmpty { await Task.yield() }
                let second = await sender.failure(
                    of: Requests.post(url + "/2", sendBefore: .after(.milliseconds(100)))
                )
                #expect(second?.code == .tooLate)
                #expect(await first?.code == .noAnswer)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a request that was reported as not sent does not pass the gate any more")
    func reported() {
        let ledger = PassageLedger()
        let number = ledger.enter(sendBefore: nil)
        #expect(ledger.strikeOut(number) == .waiting(nil))
        #expect(!ledger.pass(number))
        #expect(ledger.strikeOut(number) == nil)
    }

    @Test("a request passes once")
    func once() {
        let ledger = PassageLedger()
        let number = ledger.enter(sendBefore: nil)
        #expect(ledger.pass(number))
        #expect(!ledger.pass(number))
        #expect(ledger.strikeOut(number) == .passed)
        #expect(ledger.count == 0)
    }

    @Test("the moment is measured when the gate is reached, not when the request was entered")
    func moment() {
        let time = Box(9)
        let ledger = PassageLedger { time.value.withLock { $0 } }
        let inTime = ledger.enter(sendBefore: SendBefore(nanoseconds: 10))
        let late = ledger.enter(sendBefore: SendBefore(nanoseconds: 9))
        time.value.withLock { $0 = 10 }
        #expect(ledger.pass(inTime))
        #expect(!ledger.pass(late))
        #expect(ledger.strikeOut(late) == .tooLate)
    }

    @Test("nothing is left in the ledger, however requests end")
    func noLeak() async throws {
        try await ScriptedServer.with([.ok, .reset]) { server in
            try await AsyncHTTPSender.with { sender in
                _ = try await sender.send(Requests.get(server.url + "/"))
                _ = await sender.failure(of: Requests.get(server.url + "/"))
                _ = await sender.failure(of: Requests.get("http://"))
                _ = await sender.failure(of: Requests.post(server.url + "/", sendBefore: past))
                #expect(sender.openRequests == 0)
            }
        }
    }

    @Test("the clock goes on and counts from now")
    func clock() {
        let before = SuspensionClock.now()
        let moment = SendBefore.after(.seconds(5))
        let after = SuspensionClock.now()
        #expect(moment.nanoseconds >= before + 5_000_000_000 && moment.nanoseconds <= after + 5_000_000_000)
        #expect(SendBefore.after(.seconds(-5)).nanoseconds <= SuspensionClock.now())
        #expect(SuspensionClock.now() >= after)
    }

    /// A time that a test sets.
    final class Box: Sendable {
        let value: Mutex<UInt64>

        init(_ value: UInt64) { self.value = Mutex(value) }
    }
}
