import CopyJournal
import Foundation
import GRDB
import Synchronization

/// The file of a journal: found or begun, and checked before anything is written to it.
struct JournalFile: Sendable {
    let path: String

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The journal, its log and the index of its log, on which the locks lie: whoever opens the journal while one of
    /// them is missing makes a new one, and then two journals write into one file.
    var paths: [String] { [path, path + "-wal", path + "-shm"] }

    /// The first of the files that is not any more what it was.
    func missing(of files: [FileIdentity]) -> String? {
        zip(paths, files).first { (try? FileSystem.status($0))?.identity != $1 }?.0
    }

    /// Whether there is no journal yet, and one can be begun. Changes nothing.
    /// - Throws: ``JournalError`` if one cannot be begun here, or must not be.
    func isMissing() throws -> Bool {
        try checkPlace()
        let file = JournalFile(path: FileSystem.resolved(path))
        guard try FileSystem.status(file.path) == nil else { return false }
        try file.checkNoLog()
        guard FileSystem.isWritable(file.directory) else {
            throw JournalError(
                .unusable,
                "the directory \(file.directory) may not be written; give it to the worker's user, with mode 0700"
            )
        }
        return true
    }

    /// Opens the file, for at most `patience` also while other processes lock it.
    func opened(waitingAtMost patience: Duration) throws -> OpenedFile {
        let end = ContinuousClock.now + patience
        while true {
            do {
                try checkPlace()
                return try JournalFile(path: FileSystem.resolved(path)).openedAtOnce(patience: patience)
            } catch {
                // Another process may be recovering, creating or closing the file at this moment.
                let failure = JournalError(error, at: path)
                guard failure.code == .unavailable, ContinuousClock.now < end else { throw failure }
                Thread.sleep(forTimeInterval: 0.05)
            }
        }
    }

    private func openedAtOnce(patience: Duration) throws -> OpenedFile {
        if try FileSystem.status(path) == nil { try begin(patience: patience) }
        let known = KnownFiles(try checkFile())
        try WriteAheadLog(path: path + "-wal").check()
        let version = try inspect(patience: patience)
        var configuration = Self.configuration(patience: patience)
        // A pool opens connections by the path whenever it needs one more, and keeps them.
        configuration.prepareDatabase { _ in
            if let missing = missing(of: known.identities) { throw JournalError(replaced: missing) }
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            // GRDB sets NORMAL for WAL, under which a commit may be lost with the power.
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        if version < JournalSchema.version { try migrate(pool) }
        try makePrivate()
        try known.complete(paths)
        return OpenedFile(file: self, pool: pool, files: known.identities)
    }

    /// Lets SQLite write the log into the journal and delete it, which it does when the last connection that may write
    /// is closed; a pool closes those that may not after the one that may.
    func takeInLog(of files: [FileIdentity]) throws {
        guard missing(of: files) == nil else { return }
        let queue = try DatabaseQueue(path: path, configuration: Self.configuration(patience: .zero))
        _ = try? queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        try queue.close()
    }

    static func configuration(patience: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.busyMode = .asking(for: patience)
        configuration.foreignKeysEnabled = true
        // A ROLLBACK that fails is dealt with by the commit queue; it is no reason to trap.
        configuration.allowsUnsafeTransactions = true
        return configuration
    }
}

// MARK: - Checks

extension JournalFile {
    private func checkPlace() throws {
        guard !path.isEmpty, !path.hasPrefix(":"), !path.hasPrefix("file:"), !path.utf8.contains(0) else {
            throw JournalError(.unusable, "\"\(path)\" is not the path of a file")
        }
        guard let status = try FileSystem.status(directory) else {
            throw JournalError(
                .unusable,
                "the directory \(directory) is not there; create it for the worker's user, with mode 0700"
            )
        }
        guard status.isDirectory else { throw JournalError(.unusable, "\(directory) is not a directory") }
    }

    private func checkFile() throws -> FileIdentity {
        guard let status = try FileSystem.status(path) else {
            throw JournalError(.unusable, "\(path) cannot be created, or went away at once")
        }
        guard status.isRegular else { throw JournalError(.unusable, "\(path) is not a file") }
        guard status.size > 0 else {
            throw JournalError(
                .unusable,
                "\(path) is empty, which a journal never is; restore a copy of it, or delete it to begin a new one"
            )
        }
        guard FileSystem.isWritable(path) else {
            throw JournalError(.unusable, "\(path) may not be written; make it readable and writable for this user")
        }
        return status.identity
    }

    /// Looks at the file without changing it, in particular if it is somebody else's.
    /// - Returns: the version of its schema.
    private func inspect(patience: Duration) throws -> Int {
        let queue = try DatabaseQueue(path: path, configuration: Self.configuration(patience: patience))
        defer { try? queue.close() }
        let (application, version) = try queue.read { db in
            (
                try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            )
        }
        guard application == JournalSchema.applicationID else {
            throw JournalError(.unusable, "\(path) is a database, but not a journal; name another path")
        }
        guard version <= JournalSchema.version else {
            throw JournalError(
                .unusable,
                "\(path) has schema \(version), this version knows schemas up to \(JournalSchema.version); "
                    + "run the later version of the worker"
            )
        }
        return version
    }

    private func makePrivate() throws {
        for path in paths {
            guard let status = try FileSystem.status(path), status.permissions & 0o077 != 0 else { continue }
            try FileSystem.makePrivate(path)
        }
    }
}

// MARK: - Beginning and migrating

extension JournalFile {
    /// Begins a journal under another name and puts it in place whole, so that a death meanwhile leaves none, and an
    /// empty file is never taken for a new journal.
    private func begin(patience: Duration) throws {
        try checkNoLog()
        let draft = "\(path).new-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try FileSystem.create(draft)
        defer {
            for suffix in ["", "-journal", "-wal", "-shm"] { FileSystem.remove(draft + suffix) }
        }
        let queue = try DatabaseQueue(path: draft, configuration: Self.configuration(patience: patience))
        try JournalSchema.migrator.migrate(queue)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL")
        }
        try queue.close()
        // Another process may have been faster: then its journal is the one.
        _ = try FileSystem.link(draft, to: path)
        try FileSystem.synchronize(directory: directory)
    }

    /// A log without its journal is what is left of a lost one.
    private func checkNoLog() throws {
        guard try FileSystem.status(path + "-wal") != nil, try FileSystem.status(path) == nil else { return }
        throw JournalError(
            .unusable,
            "\(path) is gone but \(path)-wal is still there; restore both, or delete that to begin a new journal"
        )
    }

    private func migrate(_ pool: DatabasePool) throws {
        do {
            try JournalSchema.migrator.migrate(pool)
        } catch {
            // Another process may have migrated the file between the look at its version and here.
            let version = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            guard version == JournalSchema.version else { throw error }
        }
    }
}

/// Which files a journal consists of, as far as it is known: those beside its own are made while it is opened.
private final class KnownFiles: Sendable {
    private let known: Mutex<[FileIdentity]>

    init(_ journal: FileIdentity) {
        known = Mutex([journal])
    }

    var identities: [FileIdentity] { known.withLock { $0 } }

    /// Adds those that are not known yet.
    func complete(_ paths: [String]) throws {
        var identities = identities
        for path in paths.dropFirst(identities.count) {
            guard let status = try FileSystem.status(path) else {
                throw JournalError(.unavailable, "\(path) went away while the journal was being opened")
            }
            identities.append(status.identity)
        }
        known.withLock { $0 = identities }
    }
}

/// A journal's file in use.
struct OpenedFile: Sendable {
    let file: JournalFile
    let pool: DatabasePool
    let files: [FileIdentity]
}
