import CopyDomain
import CopyJournal
import Logging

/// The journal as a run sees it: a call returns when the journal has answered, however long it was away, and is never
/// cut off half-way.
struct JournalKeeper: Sendable {
    private static let longestPause: Duration = .seconds(5)

    let journal: any Journal
    let shield: Shield
    let surroundings: Surroundings
    let troubles: Troubles
    let logger: Logger

    /// Asks until the journal answers. Readiness says what is wrong with it as long as anybody asks in vain, so that a
    /// read that works does not hide writes that fail.
    /// - Throws: `CancellationError` when the asking task is cancelled while the journal is away: then it is not known
    ///   whether the write happened. ``JournalError`` of the code `.unreadable` at once: asking again does not help, and
    ///   nobody but this request suffers.
    func ask<Answer: Sendable>(
        _ call: @escaping @Sendable (any Journal) async throws -> Answer
    ) async throws -> Answer {
        var pause: Duration = .milliseconds(100)
        var isInVain = false
        defer {
            if isInVain, troubles.leave(.journal) { logger.notice("the journal is back") }
        }
        while true {
            switch try await attempt(call) {
            case .success(let answer):
                return answer
            case .failure(let error):
                switch error.code {
                case .unreadable: throw error
                case .unavailable, .unusable: break
                }
                let isNews =
                    isInVain
                    ? troubles.set(.journal, error.description) : troubles.enter(.journal, error.description)
                isInVain = true
                if isNews { logger.error("the journal does not answer", metadata: [LogKey.error: "\(error)"]) }
                try await surroundings.sleep(pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    /// One try, for what may be left undone.
    func attempt<Answer: Sendable>(
        _ call: @escaping @Sendable (any Journal) async throws -> Answer
    ) async throws -> Result<Answer, JournalError> {
        let journal = journal
        return try await shield.run {
            do {
                return .success(try await call(journal))
            } catch let error as JournalError {
                return .failure(error)
            } catch {
                return .failure(JournalError(.unavailable, "\(error)"))
            }
        }
    }
}
