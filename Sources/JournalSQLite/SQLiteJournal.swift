package import CopyDomain
package import CopyJournal
import Foundation
import GRDB

/// A journal in one SQLite file, shared by the worker processes of one machine.
///
/// Writes that wait for the store at the same time share a commit (see ``CommitQueue``); each returns when that commit
/// is on the disk. The file and what SQLite puts beside it hold copy tokens and have mode 0600.
package final class SQLiteJournal: Journal {
    let pool: DatabasePool
    let commits: CommitQueue
    private let deadlines: Deadlines

    /// Opens the journal, and begins a new one if there is no such file. The directory has to be there. From then on the
    /// process ignores `SIGXFSZ`.
    ///
    /// - Parameters:
    ///   - path: The file; `-wal` and `-shm` lie beside it. Not on a network file system.
    ///   - staleAfter: How old an owner's last sign of life may be before others may claim what it holds.
    ///   - callLimit: How long a call may take before it fails as `unavailable`.
    ///   - machine: The clock on which owners live; `nil`: this machine's.
    ///   - wallClock: The journal's own clock.
    package init(
        path: String,
        staleAfter: Duration = .seconds(10),
        callLimit: Duration = .seconds(10),
        machine: MachineClock? = nil,
        wallClock: @escaping @Sendable () -> Timestamp = SQLiteJournal.hostClock
    ) async throws(JournalError) {
        FileSystem.surviveSizeLimit()
        let machine = if let machine { machine } else { try MachineClock.host() }
        let deadlines = Deadlines(limit: callLimit)
        let file = JournalFile(path: path)
        let opened: OpenedFile = try await deadlines.call { ticket in
            DispatchQueue.global().async {
                ticket.settle(Result(from: path) { try file.opened(waitingAtMost: callLimit / 2) })
            }
        }
        self.deadlines = deadlines
        pool = opened.pool
        commits = CommitQueue(
            pool: opened.pool,
            file: opened.file,
            files: opened.files,
            staleAfter: staleAfter,
            machine: machine,
            wallClock: wallClock
        )
    }

    /// Whether there is no journal at a path yet, and one can be begun there. Changes nothing.
    ///
    /// - Throws: ``JournalError`` if one cannot be begun there, or must not be in the place of a lost one.
    package static func isMissing(path: String) throws(JournalError) -> Bool {
        do {
            return try JournalFile(path: path).isMissing()
        } catch {
            throw JournalError(error, at: path)
        }
    }

    /// This host's wall clock.
    package static let hostClock: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// How many writes shared how many commits so far.
    package var commitFigures: CommitFigures { commits.figures }

    /// Ends all connections, so that the journal is one file again if nobody else has it open. Later calls fail.
    package func close() async throws(JournalError) {
        let (pool, commits) = (pool, commits)
        commits.close()
        try await deadlines.call { ticket in
            DispatchQueue.global().async {
                ticket.settle(
                    Result(from: commits.file.path) {
                        try pool.close()
                        try commits.file.takeInLog(of: commits.files)
                    }
                )
            }
        }
    }

    /// Looks through the whole file for damage, which takes about a second per 500 MB.
    package func check() async throws(JournalError) {
        let path = commits.file.path
        try await read { db in
            let findings = try String.fetchAll(db, sql: "PRAGMA quick_check(3)")
            guard findings == ["ok"] else {
                throw JournalError(
                    .unusable,
                    "\(path) is damaged: \(findings.joined(separator: "; ")). Restore a copy of it."
                )
            }
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalError) -> Value {
        let path = commits.file.path
        return try await deadlines.call { [pool, commits] ticket in
            // A disk that does not answer must not keep the caller's thread.
            DispatchQueue.global().async {
                // What was closed has no files beside it, as it should be, and says itself that it was closed.
                if let replacement = commits.replacement, !commits.isClosed {
                    ticket.settle(.failure(replacement))
                    return
                }
                pool.asyncRead { database in
                    ticket.settle(Result(from: path) { try body(database.get()) })
                }
            }
        }
    }

    /// - Parameter undo: What to do when the write is committed but nobody waits for its answer any more.
    func write<Value: Sendable>(
        undo: (@Sendable (Value) -> CommitQueue.Undo?)? = nil,
        _ body: @escaping @Sendable (JournalTransaction) throws -> Value
    ) async throws(JournalError) -> Value {
        try await deadlines.call { [commits] ticket in
            commits.add(QueuedWrite(answering: ticket, undo: undo, body))
        }
    }
}
