import CopyJournal
import GRDB

extension JournalError {
    /// What an error of the store means to a caller. Arguments of statements are never part of the message.
    init(_ error: any Error, at path: String) {
        switch error {
        case let error as JournalError: self = error
        case let error as DatabaseError: self.init(error, at: path)
        default: self.init(.unusable, "\(path): a stored value is not what this version expects (\(type(of: error)))")
        }
    }

    /// A file that the journal consists of is not any more what was opened.
    init(replaced path: String) {
        self.init(
            .unusable,
            "\(path) was removed or replaced while this process used it. Nothing is saved any more. "
                + "Stop all workers, put the journal back, start them again."
        )
    }

    private init(_ error: DatabaseError, at path: String) {
        let said = "\(error.message ?? "no message"), SQLite code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            self.init(.unavailable, "\(path) is locked by another process (\(said))")
        case .SQLITE_FULL:
            self.init(.unavailable, "\(path): the disk is full (\(said)); free some space")
        case .SQLITE_IOERR:
            self.init(.unavailable, "\(path) cannot be read or written (\(said)); check the disk")
        case .SQLITE_CANTOPEN:
            self.init(.unavailable, "\(path) cannot be opened (\(said)); check its directory and permissions")
        case .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_ABORT, .SQLITE_MISUSE:
            self.init(.unavailable, "\(path): \(said)")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(.unusable, "\(path) cannot be written (\(said)); make the file and its directory writable")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT:
            self.init(.unusable, "\(path) is damaged or not a database (\(said)); restore a copy of it")
        default:
            self.init(.unusable, "\(path): \(said)")
        }
    }
}

extension Result where Failure == JournalError {
    init(from path: String, catching body: () throws -> Success) {
        do {
            self = .success(try body())
        } catch {
            self = .failure(JournalError(error, at: path))
        }
    }
}
