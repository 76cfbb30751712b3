package import AzureAI
package import AzureEmulation
import CopyDomain

/// A host's HTTP to the emulated Azure. Whatever was handed to the socket goes its way in the world, although the host
/// stops, dies or is cut off meanwhile.
struct HostHTTP: HTTPSending {
    typealias Answer = Result<HTTPResponse, HTTPSendingError>

    /// How long a new connection is tried.
    private static let connectTimeout: Duration = .seconds(10)

    let host: Host
    let world: SimulatedProcess
    let clock: SimulatedClock
    let azure: EmulatedAzure
    let observer: any WireObserver
    let dice: SeededDice
    var sabotage: Sabotage?

    private static let dead = HTTPSendingError(.noAnswer, "the worker is dead")

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        guard host.life.goesOn() else { throw HTTPSendingError(.notSent, "the worker is dead") }
        guard let wire = WireRequest(request) else { throw HTTPSendingError(.notSent, "no URL") }
        if let limit = request.sendBefore, limit.nanoseconds < clock.suspensionNanoseconds, sabotage != .sendBefore {
            observer.tooLate(request, wire, by: host)
            throw HTTPSendingError(.tooLate, "too late")
        }
        // From here on nothing can hold the request back any more.
        observer.sent(request, wire, by: host)
        let result = await exchange(wire, timeout: request.timeout)
        observer.answered(request, wire, (try? result.get())?.status, to: host)
        await host.life.ambush?.pass(.afterCall)
        if host.azure == .mute, host.life.ambush != nil {
            throw HTTPSendingError(.noAnswer, "the answer is lost")
        }
        guard host.life.goesOn() else { throw Self.dead }
        return try result.get()
    }

    private func exchange(_ wire: WireRequest, timeout: Duration) async -> Answer {
        let patience = Patience()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = OneAnswer<Answer>(continuation)
                patience.wait(for: answer)
                let end = clock.elapsed + timeout
                world.begin {
                    await travel(wire, until: end, answer)
                    answer.give(.failure(HTTPSendingError(.noAnswer, "no answer in time")))
                }
            }
        } onCancel: {
            patience.end()
        }
    }

    /// The way there and back.
    private func travel(_ wire: WireRequest, until end: Duration, _ answer: OneAnswer<Answer>) async {
        if host.azure == .cut {
            switch dice.roll() {
            case ..<0.3:
                await pause(Self.connectTimeout, until: end, answer)
                return answer.give(.failure(HTTPSendingError(.notSent, "no connection in time")))
            case ..<0.6:
                await pause(end - clock.elapsed + .milliseconds(1), until: end, answer)
                return
            default:
                // The kernel sends what it could not, until the connection is given up.
                while host.azure == .cut {
                    guard clock.elapsed < end else { return }
                    await pause(.seconds(1), until: end, answer)
                }
            }
        }
        await pause(.milliseconds(5 + 30 * dice.roll()), until: end, answer)
        let result: Answer
        do {
            let response = try await azure.exchange(wire) { await pause($0, until: end, answer) }
            result = .success(
                HTTPResponse(
                    status: response.status,
                    headers: response.headers.fields.map { ($0.name, $0.value) },
                    body: response.body
                )
            )
        } catch Interruption.noResource {
            result = .failure(HTTPSendingError(.notSent, "no such host"))
        } catch {
            result = .failure(HTTPSendingError(.noAnswer, "\(error)"))
        }
        await pause(.milliseconds(5 + 30 * dice.roll()), until: end, answer)
        guard host.azure == .open else {
            await pause(max(.zero, end - clock.elapsed) + .milliseconds(1), until: end, answer)
            return
        }
        answer.give(result)
    }

    /// Lets time pass; the asker does not wait beyond its time-out.
    private func pause(_ duration: Duration, until end: Duration, _ answer: OneAnswer<Answer>) async {
        let goal = clock.elapsed + duration
        if goal > end, clock.elapsed <= end {
            try? await clock.sleep(for: end - clock.elapsed)
            answer.give(.failure(HTTPSendingError(.noAnswer, "no answer in time")))
        }
        guard goal > clock.elapsed else { return }
        try? await clock.sleep(for: goal - clock.elapsed)
    }
}

/// Ends the wait for an answer when its asker is cancelled.
private final class Patience: Sendable {
    private let answer = Shared<OneAnswer<HostHTTP.Answer>?>(nil)
    private let isOver = Shared(false)

    func wait(for answer: OneAnswer<HostHTTP.Answer>) {
        self.answer.withLock { $0 = answer }
        if isOver.withLock({ $0 }) { end() }
    }

    func end() {
        isOver.withLock { $0 = true }
        answer.withLock { $0 }?.give(.failure(HTTPSendingError(.noAnswer, "cut off")))
    }
}

/// Sees what goes over the wire to Azure.
protocol WireObserver: Sendable {
    func sent(_ request: HTTPRequest, _ wire: WireRequest, by host: Host)
    func tooLate(_ request: HTTPRequest, _ wire: WireRequest, by host: Host)
    func answered(_ request: HTTPRequest, _ wire: WireRequest, _ status: Int?, to host: Host)
}

extension WireRequest {
    /// The request as it goes over the wire.
    package init?(_ request: HTTPRequest) {
        let body = Array((request.body?.reveal() ?? "").utf8)
        var headers = HeaderList(request.headers.map { .init($0.name, $0.value.reveal()) })
        if request.body != nil { headers.add("Content-Length", "\(body.count)") }
        self.init(request.method.rawValue, url: request.url.reveal(), headers: headers, body: body)
    }
}

extension SimulatedClock {
    /// Nanoseconds of a clock that counts suspension.
    package var suspensionNanoseconds: UInt64 {
        let now = elapsed.components
        return UInt64(now.seconds) * 1_000_000_000 + UInt64(now.attoseconds / 1_000_000_000)
    }
}
