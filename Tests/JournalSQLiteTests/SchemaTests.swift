import CopyDomain
import CopyJournal
import Foundation
import JournalConformance
import Testing

@testable import JournalSQLite

@Suite("the schema of the journal")
struct SchemaTests {
    @Test("is what version 2 has been since it was first released")
    func frozen() async throws {
        let workshop = try Workshop()
        try await workshop.open().close()
        let fixture = workshop.directory + "/fixture.db"
        try workshop.sqlite3(SchemaVersion2.sql, path: fixture)
        let query = """
            SELECT type, name, replace(replace(sql, char(10), ''), ' ', '') FROM sqlite_master
            WHERE name NOT LIKE 'sqlite_%' ORDER BY name;
            SELECT identifier FROM grdb_migrations;
            PRAGMA application_id; PRAGMA user_version
            """
        #expect(try workshop.sqlite3(query) == workshop.sqlite3(query, path: fixture))
    }

    @Test("of version 1, written by other hands, opens with all it holds")
    func opens() async throws {
        let workshop = try Workshop()
        let (running, ended) = (Samples.id("running"), Samples.id("ended"))
        let plan = Samples.plan(running)
        let checkpoint = Samples.checkpoint(
            plan,
            machine: Samples.machine(plan, suspects: ["s1", "s2"], model: nil),
            sequence: 3
        )
        let outcome = Samples.outcome(ended, body: "the body")
        let obligation = try #require(checkpoint.machine.obligations.first)
        try workshop.sqlite3(SchemaVersion1.sql)
        try workshop.sqlite3(
            """
            INSERT INTO request (id, run, content, plan, target, accepted_at, format, checkpoint, phase, owner, epoch,
                saved_at) VALUES ('running', 1, CAST('first content' AS BLOB), \(try quoted(plan)), 'invoices-eastus',
                1000, \(Checkpoint.currentFormat), \(try quoted(checkpoint)), 'authorizing', 'alice', 41, 2000);
            INSERT INTO request (id, run, content, plan, target, accepted_at, format, checkpoint, phase, epoch,
                saved_at, ended_at, outcome, outcome_body, published) VALUES ('ended', 1,
                CAST('first content' AS BLOB), \(try quoted(Samples.plan(ended))), 'invoices-eastus', 1001, 1,
                \(try quoted(Samples.checkpoint(Samples.plan(ended)))), 'ended', 2, 2000, 3000,
                \(try quoted(OutcomeEnvelope(outcome))), CAST('the body' AS BLOB), 1);
            INSERT INTO owner VALUES ('alice', 1500);
            INSERT INTO reservation VALUES ('name', 'running');
            INSERT INTO target VALUES ('invoices-eastus', 's1', 'ended');
            INSERT INTO obligation (request, run, resource, item, learned, record, recorded_at) VALUES
                ('running', 1, 'invoices-eastus', NULL, 0, \(try quoted(obligation)), 2000);
            """
        )
        let journal = try await workshop.open()
        let mine = Lease(id: running, run: 1, epoch: 41, owner: Samples.alice)
        let same = try await journal.claim(running, content: Samples.content, plan: plan, owner: Samples.alice)
        #expect(same == .mine(mine))
        let open = try await journal.obligations()
        #expect(open.map(\.obligation) == [obligation.leavingOut { $0 == "s1" }])
        #expect(open.map(\.nextLook) == [obligation.due])
        #expect(open.map(\.finding) == [nil])
        #expect(try await journal.identity().id.count == 32)
        #expect(try await journal.identity().generation == 0)
        try await journal.release([mine])
        let next = try await journal.claim(running, content: Samples.content, plan: plan, owner: Samples.bob)
        let lease = Lease(id: running, run: 1, epoch: 42, owner: Samples.bob)
        #expect(next == .granted(Grant(lease: lease, checkpoint: checkpoint, isNew: false)))
        let repeated = try await journal.claim(
            ended,
            content: Samples.content,
            plan: Samples.plan(ended),
            owner: Samples.bob
        )
        #expect(repeated == .ended(outcome, published: true))
        let other = Samples.id("other")
        let claim = try await journal.claim(other, content: [], plan: Samples.plan(other), owner: Samples.bob)
        guard case .granted(let grant) = claim else { throw NotGranted() }
        #expect(try await journal.reserve("name", for: grant.lease) == .taken(by: running))
        #expect(try await journal.list(after: nil, limit: 9).map(\.id) == [running, ended, other])
        #expect(try workshop.permissions(workshop.path) == 0o600)
    }

    private func quoted(_ value: some Encodable) throws -> String {
        let json = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        return "'\(json.replacingOccurrences(of: "'", with: "''"))'"
    }

    private struct NotGranted: Error {}
}
