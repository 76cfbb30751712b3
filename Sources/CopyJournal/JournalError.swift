/// Why a call of the journal did not answer.
package struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// Locked, full, away: worth another try.
        case unavailable
        /// Not a journal, damaged, or of a later schema: a person must look.
        case unusable
        /// What is stored about this one request cannot be read; the rest of the journal can.
        case unreadable
    }

    package let code: Code
    package let message: String
    /// The format of a record that another version of this software wrote, and that only such a version can read;
    /// `nil`: it is about something else.
    package let otherFormat: Int?

    package init(_ code: Code, _ message: String, otherFormat: Int? = nil) {
        self.code = code
        self.message = message
        self.otherFormat = otherFormat
    }

    package var description: String { "journal \(code.rawValue): \(message)" }
}
