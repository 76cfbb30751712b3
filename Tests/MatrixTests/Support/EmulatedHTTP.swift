import AzureAI
import AzureEmulation
import CopyDomain
import Simulation

/// A worker's HTTP to the emulated cloud. A worker can die right before a request is sent and right before its answer
/// is heard, and whenever else while it is under way.
struct EmulatedHTTP: HTTPSending {
    static let latency: Duration = .milliseconds(20)

    let azure: EmulatedAzure
    let clock: SimulatedClock
    let life: Life
    let log: CallLog
    let strike: Strike?
    let outage: Range<Duration>?

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        guard life.goesOn() else { throw HTTPSendingError(.notSent, "the worker is dead") }
        if let limit = request.sendBefore, limit.nanoseconds < clock.suspensionNanoseconds {
            throw HTTPSendingError(.tooLate, "too late")
        }
        guard let wire = WireRequest(request) else { throw HTTPSendingError(.notSent, "no URL") }
        let host = wire.base.drop { $0 != "/" }.drop { $0 == "/" }
        let entry = CallLog.Entry(sentAt: clock.elapsed, host: String(host), label: request.label)
        let number = log.sent(entry)
        let isStruck = entry.isBetweenWestAndEast && strike?.number == log.place(of: number)
        try await pass()
        if let strike, isStruck { azure.add(strike.rule(at: entry.resource)) }
        if let outage, entry.isBetweenWestAndEast, outage.contains(entry.sentAt) {
            azure.add(FaultRule(.reset, resource: entry.resource, count: 1))
        }
        do {
            let answer = try await azure.exchange(wire) { try await clock.sleep(for: $0) }
            try await pass()
            guard life.goesOn() else { throw HTTPSendingError(.noAnswer, "the worker is dead") }
            log.answered(number, status: answer.status)
            return HTTPResponse(
                status: answer.status,
                headers: answer.headers.fields.map { ($0.name, $0.value) },
                body: answer.body
            )
        } catch let error as HTTPSendingError {
            throw error
        } catch Interruption.noResource {
            throw HTTPSendingError(.notSent, "no such host")
        } catch {
            guard life.goesOn() else { throw HTTPSendingError(.noAnswer, "the worker is dead") }
            throw HTTPSendingError(.noAnswer, "\(error)")
        }
    }

    private func pass() async throws(HTTPSendingError) {
        do {
            try await clock.sleep(for: Self.latency)
        } catch {
            throw HTTPSendingError(.noAnswer, "cut off")
        }
        guard !life.isOver else { throw HTTPSendingError(.noAnswer, "the worker is dead") }
    }
}
