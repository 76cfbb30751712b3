/// What a process may do with a message that was delivered too often without anybody knowing its request.
package enum Examination: Equatable, Sendable {
    /// Nobody else is looking at it: look, then say so with ``Journal/examined(_:owner:)``.
    case open
    /// Another process that lives is looking at it.
    case elsewhere(OwnerID)
    /// A process looked at it and was never heard of again.
    case fatal(OwnerID)
}
