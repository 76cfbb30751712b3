import CommandLineClient
import Synchronization

/// Tells people what was done with parked messages, and remembers whether all went well.
final class Reports: Sendable {
    private let failed = Mutex(false)

    func take(_ report: ParkingLot.Report) {
        switch report {
        case .done(let message): Terminal.print("\(message.digest) \(message.requestID ?? message.messageID ?? "")\n")
        case .noQueue(let message, let queue):
            complain(
                "\(message.digest): stays: the broker has no queue \"\(queue)\"; start a worker, which declares it"
            )
        case .refused(let message): complain("\(message.digest): stays: the broker refused the message")
        case .cutOff(let cutOff):
            Terminal.complain("copyctl: \(cutOff); replay or drop some to see what may come behind\n")
        case .notAll(let cutOff): complain("not all: \(cutOff); run it again for what may come behind")
        case .unknown(let text): complain("no message is meant by \"\(text)\"")
        case .doubtful(let why): complain(why)
        }
    }

    func end() throws {
        if failed.withLock({ $0 }) { throw CommandStatus.rejected.asError }
    }

    private func complain(_ text: String) {
        failed.withLock { $0 = true }
        Terminal.complain("copyctl: \(text)\n")
    }
}
