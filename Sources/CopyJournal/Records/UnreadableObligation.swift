/// An obligation whose record is damaged: it stands, and only a person can find out what it was about.
package struct UnreadableObligation: Hashable, Sendable {
    /// Its place in the journal, as in ``RecordedObligation/number``.
    package let number: Int64
    /// Whose it is and what cannot be read, for people.
    package let message: String

    package init(number: Int64, message: String) {
        self.number = number
        self.message = message
    }
}
