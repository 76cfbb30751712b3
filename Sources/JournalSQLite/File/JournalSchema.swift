import CopyJournal
import GRDB

/// The tables of the journal and their versions.
enum JournalSchema {
    /// In the header of the file: `ACWJ`.
    static let applicationID: Int32 = 0x4143_574A
    /// `PRAGMA user_version`: as many as there are migrations.
    static let version = 2

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: first)
            try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
        }
        migrator.registerMigration("2") { db in
            try db.execute(sql: second)
            try db.execute(sql: "PRAGMA user_version = 2")
        }
        return migrator
    }()

    private static let first = """
        CREATE TABLE request (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            run INTEGER NOT NULL,
            content BLOB NOT NULL,
            plan TEXT NOT NULL,
            target TEXT NOT NULL,
            accepted_at INTEGER NOT NULL,
            format INTEGER NOT NULL,
            checkpoint TEXT NOT NULL,
            phase TEXT NOT NULL,
            owner TEXT,
            epoch INTEGER NOT NULL,
            saved_at INTEGER NOT NULL,
            ended_at INTEGER,
            outcome TEXT,
            outcome_body BLOB,
            published INTEGER NOT NULL DEFAULT 0,
            CHECK (ended_at IS NULL OR (outcome IS NOT NULL AND outcome_body IS NOT NULL AND owner IS NULL))
        ) STRICT;
        CREATE INDEX request_owner ON request (owner) WHERE owner IS NOT NULL;
        CREATE INDEX request_ended ON request (ended_at) WHERE published = 1;

        CREATE TABLE owner (id TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE reservation (
            name TEXT PRIMARY KEY,
            request TEXT NOT NULL REFERENCES request (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX reservation_request ON reservation (request);

        -- What follows outlives its request.
        CREATE TABLE target (
            resource TEXT NOT NULL,
            id TEXT NOT NULL,
            request TEXT NOT NULL,
            PRIMARY KEY (resource, id, request)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE obligation (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            request TEXT NOT NULL,
            run INTEGER NOT NULL,
            resource TEXT NOT NULL,
            item TEXT,
            learned INTEGER NOT NULL,
            record TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            UNIQUE (request, run, learned, record)
        ) STRICT;
        CREATE INDEX obligation_item ON obligation (resource, item);

        -- A learned fact counts once its run has ended, unless a machine names the same thing as its own.
        CREATE VIEW open_obligation AS
            SELECT * FROM obligation
            WHERE learned = 0 OR (
                NOT EXISTS (
                    SELECT 1 FROM target WHERE target.resource = obligation.resource AND target.id = obligation.item
                ) AND NOT EXISTS (
                    SELECT 1 FROM request
                    WHERE request.id = obligation.request AND request.run = obligation.run AND ended_at IS NULL
                )
            );
        """
    private static let second = """
        ALTER TABLE request ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE request ADD COLUMN recent_deaths INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE request ADD COLUMN died_alone INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE request ADD COLUMN confined INTEGER NOT NULL DEFAULT 0;

        -- What the search for requests without a message looks through.
        ALTER TABLE request ADD COLUMN sighted_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE request ADD COLUMN searches INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX request_open ON request (sighted_at, number) WHERE published = 0;

        -- Who lives is told by the machine's own clock; what a process of version 1 said of it is not known.
        ALTER TABLE owner ADD COLUMN boot TEXT NOT NULL DEFAULT '';
        ALTER TABLE owner ADD COLUMN uptime INTEGER NOT NULL DEFAULT 0;

        -- What a beat looks through: all it needs of what an owner holds, in the order of acceptance.
        DROP INDEX request_owner;
        CREATE INDEX request_held ON request (owner, number, id) WHERE owner IS NOT NULL;

        -- Kept for ids that no request has yet; gone with the request's end.
        CREATE TABLE cancellation (id TEXT PRIMARY KEY, asked_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE examination (
            fingerprint TEXT PRIMARY KEY,
            owner TEXT NOT NULL,
            begun_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Without a finding nobody has looked, and the next look is when the obligation is due; with one, a next look
        -- that is missing means that only a person can decide.
        ALTER TABLE obligation ADD COLUMN served INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE obligation ADD COLUMN finding TEXT;
        ALTER TABLE obligation ADD COLUMN next_look INTEGER;

        DROP VIEW open_obligation;
        CREATE VIEW open_obligation AS
            SELECT * FROM obligation
            WHERE served = 0 AND (learned = 0 OR (
                NOT EXISTS (
                    SELECT 1 FROM target WHERE target.resource = obligation.resource AND target.id = obligation.item
                ) AND NOT EXISTS (
                    SELECT 1 FROM request
                    WHERE request.id = obligation.request AND request.run = obligation.run AND ended_at IS NULL
                )
            ));

        CREATE TABLE journal (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id TEXT NOT NULL,
            generation INTEGER NOT NULL,
            janitor TEXT
        ) STRICT;
        INSERT INTO journal VALUES (1, lower(hex(randomblob(16))), 0, NULL);
        """
}
