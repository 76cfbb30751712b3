import CopyDomain
import CopyJournal
import GRDB

extension JournalTransaction {
    func sighted(_ id: RequestID) throws {
        try execute("UPDATE request SET sighted_at = ? WHERE id = ?", [now.milliseconds, id.rawValue])
    }

    func takeStranded(for period: Duration, limit: Int) throws -> [StrandedRequest] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT number, id, content, plan, checkpoint FROM request
                WHERE published = 0 AND format BETWEEN :earliest AND :latest
                    AND (
                        -- Noted by a wall clock that was ahead: nobody knows when.
                        sighted_at > :now OR (
                            sighted_at <= :now - :period
                            AND sighted_at <= :now - :period * min(1 << min(searches, 32), :longest)
                        )
                    )
                    AND NOT EXISTS (
                        SELECT 1 FROM owner
                        WHERE owner.id = request.owner AND owner.boot = :boot AND owner.uptime > :uptime - :period
                    )
                ORDER BY sighted_at, number LIMIT :limit
                """
        )
        let rows = try Row.fetchAll(
            statement,
            arguments: [
                "now": now.milliseconds, "period": period.wholeMilliseconds, "longest": StrandedRequest.longestPause,
                "limit": max(0, limit), "boot": life.boot, "uptime": life.uptime,
                // What another version wrote is for that version to look after.
                "earliest": Checkpoint.readableFormats.lowerBound, "latest": Checkpoint.readableFormats.upperBound,
            ]
        )
        for row in rows {
            // Also what cannot be read: it must not stand in the way of what can.
            let number: Int64 = row["number"]
            try execute(
                "UPDATE request SET sighted_at = ?, searches = searches + 1 WHERE number = ?",
                [now.milliseconds, number]
            )
        }
        return rows.compactMap { try? stranded(StoredRow(row: $0, subject: "a stranded request")) }
    }

    private func stranded(_ row: StoredRow) throws(JournalError) -> StrandedRequest {
        StrandedRequest(
            id: try row.requestID("id"),
            content: try row.bytes("content"),
            plan: try row.json(CopyPlan.self, "plan"),
            context: try row.json(Checkpoint.self, "checkpoint").context
        )
    }
}
