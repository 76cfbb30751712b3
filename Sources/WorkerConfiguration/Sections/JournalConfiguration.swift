/// Where the journal is kept.
package struct JournalConfiguration: Hashable, Sendable {
    /// The SQLite file; its directory has to exist.
    package var path: String
    /// How stale the owner's sign of life has to be before another worker may take its requests.
    package var staleness: Duration
}
