import CopyDomain
import CopyJournal

/// The way from a host to the journal: what was handed to it takes effect although the host stops or dies meanwhile.
struct HostJournalLine: JournalLine {
    /// The store's own limit of a call.
    private static let limit: Duration = .seconds(5)

    let host: Host
    let clock: SimulatedClock
    let latency: @Sendable () -> Duration

    private static let dead = JournalError(.unavailable, "the worker is dead")

    func carry<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        guard host.life.goesOn() else { throw Self.dead }
        let result = await exchange(body)
        guard host.life.goesOn() else { throw Self.dead }
        return try result.get()
    }

    func carry<Answer: Sendable>(
        writing phase: Phase,
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        guard let ambush = host.life.ambush else { return try await carry(body) }
        ambush.entered(phase)
        await ambush.pass(.beforeSave)
        let answer = try await carry(body)
        await ambush.pass(.afterSave)
        guard !host.life.isOver else { throw Self.dead }
        return answer
    }

    func carryBeat<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        guard !host.life.isOver else { throw Self.dead }
        let result = await exchange(body)
        guard !host.life.isOver else { throw Self.dead }
        return try result.get()
    }

    private func exchange<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async -> Result<Answer, JournalError> {
        await withCheckedContinuation { (continuation: CheckedContinuation<Result<Answer, JournalError>, Never>) in
            @Sendable func giveUp(_ reason: String) {
                clock.call(after: Self.limit) {
                    continuation.resume(returning: .failure(JournalError(.unavailable, reason)))
                }
            }
            clock.call(after: latency()) { [self] in
                guard host.journal != .cut else { return giveUp("the journal is away") }
                let result: Result<Answer, JournalError>
                do throws(JournalError) {
                    result = .success(try body())
                } catch {
                    result = .failure(error)
                }
                guard host.journal == .open else { return giveUp("the journal does not answer") }
                continuation.resume(returning: result)
            }
        }
    }
}
