/// Version 1 of the schema as a file holds it, for all time: written here a second time on purpose.
enum SchemaVersion1 {
    static let sql = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1');
        PRAGMA application_id = 1094932298;
        PRAGMA user_version = 1;
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
}
