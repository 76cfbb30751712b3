/// How a conversation ends without an answer.
package enum Interruption: Error, Sendable, Equatable {
    /// The connection is reset and nothing was done.
    case reset
    /// The work is done and its answer is lost.
    case answerLost
    /// There is no resource of this name, as where a name cannot be resolved; nothing was done.
    case noResource(String)
}
