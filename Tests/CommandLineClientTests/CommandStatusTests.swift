import AMQP
import CommandLineClient
import CopyJournal
import Testing

@Suite("Exit statuses")
struct CommandStatusTests {
    @Test(
        "a queue that is not there refuses; a broker that is not there, or says nothing, is out of reach",
        arguments: [(404, CommandStatus.rejected), (403, .unreachable), (nil, .unreachable)]
            as [(UInt16?, CommandStatus)]
    )
    func broker(code: UInt16?, status: CommandStatus) {
        #expect(CommandStatus(AMQPError(.channelClosed, "it failed", replyCode: code)) == status)
    }

    @Test(
        "a journal that is away is out of reach; what it holds about one request may be not what is wanted",
        arguments: [
            (JournalError.Code.unavailable, CommandStatus.unreachable), (.unusable, .unreachable),
            (.unreadable, .rejected),
        ]
    )
    func journal(code: JournalError.Code, status: CommandStatus) {
        #expect(CommandStatus(JournalError(code, "it failed")) == status)
    }
}
