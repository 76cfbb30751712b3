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

    /// - Throws: `CancellationError` when the asking task is cancelled while the journal is away: then it is not known
    ///   whether the write happened.
    func ask<Answer: Sendable>(
        _ call: @escaping @Sendable (any Journal) async throws -> Answer
    ) async throws -> Answer {
        var pause: Duration = .milliseconds(100)
        while true {
            switch try await attempt(call) {
            case .success(let answer):
                if troubles.set(.journal, nil) { logger.notice("the journal is back") }
                return answer
            case .failure(let error):
                if troubles.set(.journal, error.description) {
                    logger.error("the journal does not answer", metadata: [LogKey.error: "\(error)"])
                }
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
