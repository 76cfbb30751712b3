import CopyJournal
import Foundation
import JournalSQLite
import Testing

/// Something that is not a journal, how it is made, and what is said about it.
struct BadFile: Sendable, CustomStringConvertible {
    let description: String
    let said: String
    let prepare: @Sendable (Workshop) async throws -> String

    init(_ description: String, said: String, prepare: @escaping @Sendable (Workshop) async throws -> String) {
        self.description = description
        self.said = said
        self.prepare = prepare
    }

    static let all = [
        BadFile("no path", said: "not the path") { _ in "" },
        BadFile("memory", said: "not the path") { _ in ":memory:" },
        BadFile("a URI", said: "not the path") { "file:\($0.path)?mode=memory" },
        BadFile("a path with NUL", said: "not the path") { $0.path + "\u{0}x" },
        BadFile("no directory", said: "is not there; create it") { $0.directory + "/none/journal.db" },
        BadFile("a directory that is a file", said: "is not a directory") { workshop in
            try workshop.run("touch", workshop.directory + "/file")
            return workshop.directory + "/file/journal.db"
        },
        BadFile("a directory", said: "is not a file") { $0.directory },
        BadFile("a device", said: "is not a file") { _ in "/dev/null" },
        BadFile("a place where nobody may write", said: "/sys/journal.db") { _ in "/sys/journal.db" },
        BadFile("an empty file", said: "is empty") { workshop in
            try workshop.run("touch", workshop.path)
            return workshop.path
        },
        BadFile("text", said: "not a database") { workshop in
            try workshop.run("sh", "-c", "yes words | head -1000 > '\(workshop.path)'")
            return workshop.path
        },
        BadFile("one byte", said: "not a") { workshop in
            try workshop.run("sh", "-c", "printf x > '\(workshop.path)'")
            return workshop.path
        },
        BadFile("somebody else's database", said: "not a journal") { workshop in
            try workshop.sqlite3("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)")
            return workshop.path
        },
        BadFile("somebody else's database with an id", said: "not a journal") { workshop in
            try workshop.sqlite3("PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE request (id)")
            return workshop.path
        },
        BadFile("a journal of a later schema", said: "schema 3") { workshop in
            try await workshop.open().close()
            try workshop.sqlite3("PRAGMA user_version = 3")
            return workshop.path
        },
        BadFile("a journal cut off", said: "damaged") { workshop in
            try await workshop.open().close()
            try workshop.run("truncate", "-s", "5000", workshop.path)
            return workshop.path
        },
        BadFile("a log without its journal", said: "-wal is still there") { workshop in
            try workshop.run("sh", "-c", "printf log > '\(workshop.path)-wal'")
            return workshop.path
        },
        BadFile("a link to nowhere", said: "cannot be created") { workshop in
            try workshop.run("ln", "-s", workshop.directory + "/nowhere", workshop.path)
            return workshop.path
        },
    ]
}

@Suite("what is not a journal")
struct BadFileTests {
    @Test("is refused with a sentence that says so, and left as it is", arguments: BadFile.all)
    func refused(_ file: BadFile) async throws {
        let workshop = try Workshop()
        let path = try await file.prepare(workshop)
        let before = try workshop.fingerprint()
        let failure = try #require(await failure { _ = try await workshop.open(path) })
        #expect(failure.code == .unusable)
        #expect(failure.message.contains(file.said), "\(failure)")
        #expect(try workshop.fingerprint() == before)
    }
}

extension Workshop {
    /// Every file of the workshop with its checksum.
    fileprivate func fingerprint() throws -> String {
        try run("sh", "-c", "cd '\(directory)' && find . -type f | sort | xargs -r cksum; find . | sort")
    }
}
