import CopyDomain
import CopyJournal
import Foundation
import GRDB

/// A row whose columns are read without trusting them: what is not there is an error that names the request.
struct StoredRow {
    let row: Row
    /// Whose row it is, for errors.
    let subject: String
    /// What it means if it cannot be read.
    var damage = JournalError.Code.unreadable

    func integer(_ column: String) throws(JournalError) -> Int64 {
        guard let value = Int64.fromDatabaseValue(row[column]) else { throw wrong(column) }
        return value
    }

    func optionalInteger(_ column: String) throws(JournalError) -> Int64? {
        isNull(column) ? nil : try integer(column)
    }

    func moment(_ column: String) throws(JournalError) -> Timestamp? {
        try optionalInteger(column).map(Timestamp.init(milliseconds:))
    }

    func text(_ column: String) throws(JournalError) -> String {
        guard let value = String.fromDatabaseValue(row[column]) else { throw wrong(column) }
        return value
    }

    func optionalText(_ column: String) throws(JournalError) -> String? {
        isNull(column) ? nil : try text(column)
    }

    func bytes(_ column: String) throws(JournalError) -> [UInt8] {
        guard let value = Data.fromDatabaseValue(row[column]) else { throw wrong(column) }
        return Array(value)
    }

    func json<Value: Decodable>(_ type: Value.Type, _ column: String) throws(JournalError) -> Value {
        try JournalJSON.value(type, from: try text(column), of: subject)
    }

    func requestID(_ column: String) throws(JournalError) -> RequestID {
        guard let id = RequestID(rawValue: try text(column)) else { throw wrong(column) }
        return id
    }

    func count(_ column: String) throws(JournalError) -> Int {
        guard let count = Int(exactly: try integer(column)) else { throw wrong(column) }
        return count
    }

    func isNull(_ column: String) -> Bool {
        (row[column] as DatabaseValue).isNull
    }

    func wrong(_ column: String) -> JournalError {
        JournalError(damage, "\(subject): the stored \(column) cannot be read; it was damaged or edited")
    }
}

// MARK: - What rows of requests hold

extension StoredRow {
    var owner: OwnerID? {
        get throws(JournalError) { try optionalText("owner").map(OwnerID.init(rawValue:)) }
    }

    /// The owner's last sign of life, where the row was joined with it.
    var ownerSeen: SignOfLife? {
        get throws(JournalError) {
            guard let boot = try optionalText("owner_boot") else { return nil }
            return SignOfLife(boot: boot, milliseconds: try integer("owner_uptime"))
        }
    }

    var outcome: StoredOutcome {
        get throws(JournalError) {
            try json(OutcomeEnvelope.self, "outcome").outcome(body: try bytes("outcome_body"))
        }
    }

    var published: Bool {
        get throws(JournalError) { try integer("published") != 0 }
    }

    var hasEnded: Bool { !isNull("ended_at") }

    var deaths: OwnerDeaths {
        get throws(JournalError) {
            OwnerDeaths(
                recent: try count("recent_deaths"),
                total: try count("deaths"),
                alone: try count("died_alone")
            )
        }
    }
}
