/// What version 2 changed of version 1, for all time: written here a second time on purpose.
enum SchemaVersion2 {
    static let sql =
        SchemaVersion1.sql + """
            INSERT INTO grdb_migrations VALUES ('2');
            PRAGMA user_version = 2;
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

            -- Without a finding nobody has looked, and the next look is when the obligation is due; with one, a next
            -- look that is missing means that only a person can decide.
            ALTER TABLE obligation ADD COLUMN served INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE obligation ADD COLUMN finding TEXT;
            ALTER TABLE obligation ADD COLUMN next_look INTEGER;

            DROP VIEW open_obligation;
            CREATE VIEW open_obligation AS
                SELECT * FROM obligation
                WHERE served = 0 AND (learned = 0 OR (
                    NOT EXISTS (
                        SELECT 1 FROM target
                        WHERE target.resource = obligation.resource AND target.id = obligation.item
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
