/// The messages of one connection that the broker has not confirmed yet, within a window of count and bytes.
///
/// The n-th message that was ever written has tag n, from 1 (rabbitmq.md 1.1).
package struct ConfirmLedger: Sendable {
    package struct Return: Hashable, Sendable {
        package let code: UInt16
        package let text: String
    }

    package struct Entry: Sendable {
        package let tag: UInt64
        /// The writer's own name for the message.
        package let ticket: UInt64
        package let bytes: Int
        package let message: OutgoingMessage
        /// When the wait for its confirm began.
        package fileprivate(set) var since: Duration
        /// The broker could not route it and said so before the confirm.
        package fileprivate(set) var returned: Return?
    }

    package let windowMessages: Int
    package let windowBytes: Int
    /// Ascending by tag.
    package private(set) var outstanding: [Entry] = []
    package private(set) var outstandingBytes = 0
    private var lastTag: UInt64 = 0

    package init(windowMessages: Int, windowBytes: Int) {
        self.windowMessages = max(windowMessages, 1)
        self.windowBytes = max(windowBytes, 1)
    }

    package var isEmpty: Bool { outstanding.isEmpty }

    /// Whether a message of that size may be written now. One that is larger than the whole window goes alone.
    package func admits(_ bytes: Int) -> Bool {
        if outstanding.isEmpty { return true }
        return outstanding.count < windowMessages && outstandingBytes + bytes <= windowBytes
    }

    /// The message's tag.
    package mutating func wrote(
        _ message: OutgoingMessage,
        ticket: UInt64,
        bytes: Int,
        at now: Duration
    ) -> UInt64 {
        lastTag += 1
        outstanding.append(Entry(tag: lastTag, ticket: ticket, bytes: bytes, message: message, since: now))
        outstandingBytes += bytes
        return lastTag
    }

    /// A confirm or a refusal came: what it answers, oldest first. Empty if the tag is none that is outstanding.
    package mutating func answered(_ tag: UInt64, multiple: Bool) -> [Entry] {
        let answered: [Entry]
        if multiple {
            // Tag 0 means everything so far; a tag that was never written means nothing that we could know.
            guard tag <= lastTag else { return [] }
            let count = tag == 0 ? outstanding.count : outstanding.prefix { $0.tag <= tag }.count
            answered = Array(outstanding.prefix(count))
            outstanding.removeFirst(count)
        } else {
            guard let index = index(of: tag) else { return [] }
            answered = [outstanding.remove(at: index)]
        }
        for entry in answered { outstandingBytes -= entry.bytes }
        return answered
    }

    /// Marks the message that came back. basic.return carries no tag, so that it is the oldest one that looks the same;
    /// its confirm is still to come. `false`: there is none.
    package mutating func returned(_ message: ReturnedMessage) -> Bool {
        let index = outstanding.firstIndex { entry in
            entry.returned == nil && entry.message.mandatory && entry.message.exchange == message.exchange
                && entry.message.routingKey == message.routingKey
                && entry.message.message.messageID == message.message.messageID
                && (message.message.messageID != nil || entry.message.message.body == message.message.body)
        }
        guard let index else { return false }
        outstanding[index].returned = Return(code: message.code, text: message.text)
        return true
    }

    /// When the longest wait began.
    package var oldest: Duration? { outstanding.first?.since }

    /// The time until now does not count: the broker had announced that it would not confirm.
    package mutating func restartWaits(at now: Duration) {
        for index in outstanding.indices { outstanding[index].since = now }
    }

    private func index(of tag: UInt64) -> Int? {
        var low = outstanding.startIndex
        var high = outstanding.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if outstanding[middle].tag < tag { low = middle + 1 } else { high = middle }
        }
        return low < outstanding.endIndex && outstanding[low].tag == tag ? low : nil
    }
}
