package import CopyDomain

/// What somebody asks of the pool about a request.
package enum CopyCommand: Hashable, Sendable {
    /// End it before its copy is done. An id that nobody knows yet is cancelled when it comes.
    case cancel(RequestID)
}
