/// What the exit status of copyctl says.
package enum CommandStatus: Int32, CaseIterable, Sendable {
    /// Everything that was asked for is done; with `--wait`: every copy succeeded; with `--check`: no problem was found.
    case success = 0
    /// A copy failed or was cancelled, or a check found a problem.
    case copyFailed = 1
    /// The command line or a request in it is wrong; nothing was sent.
    case usage = 2
    /// A request was refused: by a worker, or by the broker because there is no such queue.
    case rejected = 3
    /// The broker could not be reached, or the outcome did not come in time.
    case unreachable = 4
}
