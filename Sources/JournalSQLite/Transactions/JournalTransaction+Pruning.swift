import CopyDomain
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

    /// Deletes what belonged to deleted requests, and owners that hold nothing.
    func sweep(ownersSeenBefore moment: Timestamp) throws {
        // Facts that a machine answers for, of requests that are gone.
        try execute(
            """
            DELETE FROM obligation WHERE learned = 1
                AND NOT EXISTS (SELECT 1 FROM request WHERE request.id = obligation.request)
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
    }
}
