import CopyDomain
import CopyJournal
import GRDB

extension JournalTransaction {
    /// - Returns: how many requests were deleted.
    func deleteRequests(endedBefore moment: Timestamp, atMost limit: Int) throws -> Int {
        try execute(
            """
            DELETE FROM request WHERE number IN (
                SELECT number FROM request
                WHERE published = 1 AND ended_at < ?
                    AND NOT EXISTS (SELECT 1 FROM open_obligation WHERE open_obligation.request = request.id)
                LIMIT ?
            )
            """,
            [moment.milliseconds, limit]
        )
    }

    /// Deletes what belonged to deleted requests, and what nobody came back to since `moment`.
    func sweep(before moment: Timestamp) throws {
        // Of requests that are gone: obligations that were served, facts that a machine answers for.
        try execute(
            """
            DELETE FROM obligation
            WHERE NOT EXISTS (SELECT 1 FROM request WHERE request.id = obligation.request)
                AND number NOT IN (SELECT number FROM open_obligation)
            """,
            []
        )
        // An obligation of another run may name these ids among its suspects: they outlive their request until then.
        try execute(
            """
            DELETE FROM target
            WHERE NOT EXISTS (SELECT 1 FROM request WHERE request.id = target.request)
                AND NOT EXISTS (SELECT 1 FROM obligation WHERE obligation.resource = target.resource)
            """,
            []
        )
        try execute(
            """
            DELETE FROM owner
            WHERE seen_at < ? AND NOT EXISTS (SELECT 1 FROM request WHERE request.owner = owner.id)
            """,
            [moment.milliseconds]
        )
        try execute(
            """
            DELETE FROM cancellation
            WHERE asked_at < ? AND NOT EXISTS (SELECT 1 FROM request WHERE request.id = cancellation.id)
            """,
            [moment.milliseconds]
        )
        try execute("DELETE FROM examination WHERE begun_at < ?", [moment.milliseconds])
    }
}
