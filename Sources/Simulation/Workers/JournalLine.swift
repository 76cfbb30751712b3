package import CopyDomain
package import CopyJournal

/// What lies between a worker and its journal.
package protocol JournalLine: Sendable {
    func carry<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer

    /// A write of a machine in this phase.
    func carry<Answer: Sendable>(
        writing phase: Phase,
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer

    /// A sign of life: it comes whatever the worker does, and is none of its moments.
    func carryBeat<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer
}

extension JournalLine {
    package func carry<Answer: Sendable>(
        writing phase: Phase,
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        try await carry(body)
    }
}

/// A line of a millisecond that can be away or mute, and ends with its worker's life.
struct DirectJournalLine: JournalLine {
    let life: Life
    let clock: SimulatedClock
    let isAway: Shared<Bool>
    let isMute: Shared<Bool>

    func carry<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        guard life.goesOn() else { throw JournalError(.unavailable, "the worker is dead") }
        try? await clock.sleep(for: .milliseconds(1))
        if isAway.withLock({ $0 }) { throw JournalError(.unavailable, "the journal is away") }
        guard !life.isOver else { throw JournalError(.unavailable, "the worker is dead") }
        let answer = try body()
        if isMute.withLock({ $0 }) { throw JournalError(.unavailable, "the journal does not answer") }
        guard life.goesOn() else { throw JournalError(.unavailable, "the worker is dead") }
        return answer
    }

    func carryBeat<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        if life.isOver || isAway.withLock({ $0 }) { throw JournalError(.unavailable, "away") }
        return try body()
    }
}
