package import AMQP
package import CopyJournal

/// What the exit status of copyctl says.
package enum CommandStatus: Int32, CaseIterable, Sendable {
    /// Everything that was asked for is done; with `--wait`: every copy succeeded; with `--check`: no problem was found.
    case success = 0
    /// A copy failed or was cancelled, or a check found a problem.
    case copyFailed = 1
    /// The command line or a request in it is wrong; nothing was sent.
    case usage = 2
    /// A request was refused: by a worker, or by the broker because there is no such queue; a message or a journal was
    /// not what the command wants.
    case rejected = 3
    /// The broker or the journal could not be reached, or the outcome did not come in time.
    case unreachable = 4
}

extension CommandStatus {
    /// 404: a queue or an exchange is not there.
    package init(_ error: AMQPError) {
        self = error.replyCode == 404 ? .rejected : .unreachable
    }

    package init(_ error: JournalError) {
        switch error.code {
        case .unreadable: self = .rejected
        case .unavailable, .unusable: self = .unreachable
        }
    }
}
