import CopyJournal
import Glibc

/// The few calls of the operating system that creating a journal takes.
enum FileSystem {
    /// `nil` if there is no such file.
    static func status(_ path: String) throws(JournalError) -> FileStatus? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            let code = errno
            if code == ENOENT { return nil }
            throw failure("looking at \(path)", code)
        }
        return FileStatus(
            identity: FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)),
            size: Int64(status.st_size),
            isRegular: status.st_mode & S_IFMT == S_IFREG,
            isDirectory: status.st_mode & S_IFMT == S_IFDIR,
            permissions: status.st_mode & 0o777
        )
    }

    /// The path without symbolic links, where there is a file: what SQLite puts beside it lies beside that.
    static func resolved(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// Makes a write beyond the process's limit on the size of files (`RLIMIT_FSIZE`) an error like that of a full disk,
    /// instead of the end of the process.
    static func surviveSizeLimit() {
        signal(SIGXFSZ, SIG_IGN)
    }

    static func isWritable(_ path: String) -> Bool {
        unsafe access(path, R_OK | W_OK) == 0
    }

    /// Makes an empty file of mode 0600 that was not there before.
    static func create(_ path: String) throws(JournalError) {
        let file = unsafe open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("creating \(path)", errno) }
        close(file)
    }

    static func makePrivate(_ path: String) throws(JournalError) {
        guard unsafe chmod(path, 0o600) == 0 else {
            throw failure("taking the permissions of others off \(path), which holds tokens,", errno)
        }
    }

    /// Gives a file a second name.
    /// - Returns: `false` if there is a file of that name already.
    static func link(_ path: String, to name: String) throws(JournalError) -> Bool {
        guard unsafe Glibc.link(path, name) == 0 else {
            let code = errno
            if code == EEXIST { return false }
            throw failure("creating \(name)", code)
        }
        return true
    }

    static func remove(_ path: String) {
        _ = unsafe unlink(path)
    }

    /// Makes the names in a directory durable.
    static func synchronize(directory: String) throws(JournalError) {
        let file = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw failure("opening \(directory)", errno) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure("making \(directory) durable", errno) }
    }

    private static func failure(_ what: String, _ code: Int32) -> JournalError {
        let reason = unsafe String(cString: strerror(code))
        switch code {
        case ENOSPC, EDQUOT, EIO, EMFILE, ENFILE: return JournalError(.unavailable, "\(what) failed: \(reason)")
        default: return JournalError(.unusable, "\(what) failed: \(reason)")
        }
    }
}
