/// The deliveries of one connection's channel that are not settled yet, and the fewest frames that settle them.
///
/// A wrong tag on the wire closes the channel with 406 and requeues everything (rabbitmq.md 1.2), so that a settlement
/// that is not due is refused here and never becomes a frame.
package struct AckLedger: Sendable {
    package enum Verdict: Hashable, Sendable {
        /// The next `flush()` says it to the broker.
        case taken
        /// No delivery of this connection had this tag.
        case unknown
        /// This delivery is settled already.
        case repeated
    }

    private struct Entry: Sendable {
        let tag: UInt64
        let size: Int
        var settled: AckFrame.Kind?
    }

    /// The connection whose deliveries these are.
    package let epoch: UInt64
    /// Ascending by tag.
    private var entries: [Entry] = []
    private var highestTag: UInt64 = 0
    /// The sizes of the deliveries that nobody has settled, taken together.
    package private(set) var outstandingBytes = 0
    fileprivate var settledCount = 0

    package init(epoch: UInt64) {
        self.epoch = epoch
    }

    /// Deliveries that nobody has settled.
    package var outstanding: Int { entries.count - settledCount }

    /// The broker delivered `tag`. `false`: the tag is not above all earlier ones, which the protocol does not allow.
    /// - Parameter size: in bytes; whoever does not ask for ``outstandingBytes`` need not tell it.
    package mutating func delivered(_ tag: UInt64, size: Int = 0) -> Bool {
        guard tag > highestTag else { return false }
        highestTag = tag
        entries.append(Entry(tag: tag, size: size))
        outstandingBytes += size
        return true
    }

    package mutating func settle(_ settlement: Settlement) -> Verdict {
        switch settlement {
        case .ack(let tag): settle(tag, .ack)
        case .reject(let tag, let requeue): settle(tag, .reject(requeue: requeue))
        }
    }

    package mutating func settle(_ tag: UInt64, _ kind: AckFrame.Kind) -> Verdict {
        guard tag > 0, tag <= highestTag else { return .unknown }
        // RabbitMQ numbers the deliveries of a channel without gaps, so a lower tag was here and is gone.
        guard let index = index(of: tag) else { return .repeated }
        guard entries[index].settled == nil else { return .repeated }
        entries[index].settled = kind
        settledCount += 1
        outstandingBytes -= entries[index].size
        return .taken
    }

    /// The frames for everything settled since the last flush, to be sent in this order.
    ///
    /// A run of like settlements with nothing outstanding below it becomes one `multiple` frame.
    package mutating func flush() -> [AckFrame] {
        guard settledCount > 0 else { return [] }
        var frames: [AckFrame] = []
        var runLength = 0
        var prefixEnd = entries.startIndex
        while prefixEnd < entries.endIndex, let kind = entries[prefixEnd].settled {
            runLength += 1
            let next = prefixEnd + 1
            if next == entries.endIndex || entries[next].settled != kind {
                frames.append(AckFrame(tag: entries[prefixEnd].tag, multiple: runLength > 1, kind: kind))
                runLength = 0
            }
            prefixEnd = next
        }
        var held: [Entry] = []
        for entry in entries[prefixEnd...] {
            if let kind = entry.settled {
                frames.append(AckFrame(tag: entry.tag, multiple: false, kind: kind))
            } else {
                held.append(entry)
            }
        }
        entries = held
        settledCount = 0
        return frames
    }

    private func index(of tag: UInt64) -> Int? {
        var low = entries.startIndex
        var high = entries.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].tag < tag { low = middle + 1 } else { high = middle }
        }
        return low < entries.endIndex && entries[low].tag == tag ? low : nil
    }
}
extension AckLedger { package var mayFlush: Bool { settledCount > 0 } }
