import AMQP
import Simulation
import Testing

@Suite("Ack ledger")
struct AckLedgerTests {
    private func ledger(delivered count: UInt64) -> AckLedger {
        var ledger = AckLedger(epoch: 1)
        for tag in 1..<(count + 1) { #expect(ledger.delivered(tag) == true) }
        return ledger
    }

    @Test("a run of acks from the bottom is one frame")
    func run() {
        var ledger = ledger(delivered: 5)
        for tag in [3, 1, 2] as [UInt64] { #expect(ledger.settle(.ack(tag: tag)) == .taken) }
        #expect(ledger.flush() == [AckFrame(tag: 3, multiple: true, kind: .ack)])
        #expect(ledger.outstanding == 2)
        #expect(ledger.flush() == [])
    }

    @Test("one held below makes every ack its own")
    func gap() {
        var ledger = ledger(delivered: 4)
        for tag in [2, 3, 4] as [UInt64] { #expect(ledger.settle(.ack(tag: tag)) == .taken) }
        #expect(ledger.flush() == [2, 3, 4].map { AckFrame(tag: $0, multiple: false, kind: .ack) })
        #expect(ledger.settle(.ack(tag: 1)) == .taken)
        #expect(ledger.flush() == [AckFrame(tag: 1, multiple: false, kind: .ack)])
    }

    @Test("unlike settlements never share a frame")
    func kinds() {
        var ledger = ledger(delivered: 7)
        for tag in [1, 2, 5] as [UInt64] { #expect(ledger.settle(.ack(tag: tag)) == .taken) }
        #expect(ledger.settle(.reject(tag: 3, requeue: true)) == .taken)
        #expect(ledger.settle(.reject(tag: 4, requeue: true)) == .taken)
        #expect(ledger.settle(.reject(tag: 6, requeue: false)) == .taken)
        #expect(
            ledger.flush() == [
                AckFrame(tag: 2, multiple: true, kind: .ack),
                AckFrame(tag: 4, multiple: true, kind: .reject(requeue: true)),
                AckFrame(tag: 5, multiple: false, kind: .ack),
                AckFrame(tag: 6, multiple: false, kind: .reject(requeue: false)),
            ]
        )
    }

    @Test("refuses what was never delivered and what is settled, before and after the flush")
    func refusals() {
        var ledger = ledger(delivered: 3)
        #expect(ledger.settle(.ack(tag: 0)) == .unknown)
        #expect(ledger.settle(.ack(tag: 4)) == .unknown)
        #expect(ledger.settle(.ack(tag: .max)) == .unknown)
        #expect(ledger.settle(.ack(tag: 2)) == .taken)
        #expect(ledger.settle(.reject(tag: 2, requeue: true)) == .repeated)
        #expect(ledger.flush() == [AckFrame(tag: 2, multiple: false, kind: .ack)])
        #expect(ledger.settle(.ack(tag: 2)) == .repeated)
        #expect(ledger.flush() == [])
    }

    @Test("a tag that does not rise is no delivery", arguments: [0, 1, 3] as [UInt64])
    func fallingTags(tag: UInt64) {
        var ledger = ledger(delivered: 3)
        #expect(ledger.delivered(tag) == false)
        #expect(ledger.outstanding == 3)
    }

    /// Every way to settle up to five deliveries, each acked, put back, dropped or held.
    @Test("every pattern of five deliveries settles exactly what was asked", arguments: 0..<1024)
    func exhaustive(pattern: Int) {
        var ledger = ledger(delivered: 5)
        var broker = NaiveBroker()
        for tag in 1...5 as ClosedRange<UInt64> { broker.delivered(tag) }
        var asked: [UInt64: AckFrame.Kind] = [:]
        var digits = pattern
        for tag in 1...5 as ClosedRange<UInt64> {
            let kind: AckFrame.Kind? = [nil, .ack, .reject(requeue: true), .reject(requeue: false)][digits % 4]
            digits /= 4
            guard let kind else { continue }
            asked[tag] = kind
            #expect(ledger.settle(tag, kind) == .taken)
        }
        let frames = ledger.flush()
        for frame in frames { broker.receive(frame) }
        #expect(broker.settled == asked)
        #expect(broker.unknownTags == 0)
        #expect(frames.count <= asked.count)
        #expect(ledger.outstanding == 5 - asked.count)
    }

    @Test("a random walk says to the broker what was asked, and nothing else", arguments: 0..<50)
    func randomWalk(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var ledger = AckLedger(epoch: 1)
        var broker = NaiveBroker()
        var asked: [UInt64: AckFrame.Kind] = [:]
        var lastTag: UInt64 = 0
        var frameCount = 0
        for _ in 0..<2000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                lastTag += 1
                #expect(ledger.delivered(lastTag, size: Int(lastTag)) == true)
                broker.delivered(lastTag)
            case 4..<9:
                let tag = UInt64.random(in: 0...(lastTag + 2), using: &random)
                let kind: AckFrame.Kind = Int.random(in: 0..<5, using: &random) == 0 ? .reject(requeue: true) : .ack
                let expected: AckLedger.Verdict =
                    tag == 0 || tag > lastTag ? .unknown : asked[tag] == nil ? .taken : .repeated
                #expect(ledger.settle(tag, kind) == expected)
                if expected == .taken { asked[tag] = kind }
            default:
                for frame in ledger.flush() {
                    broker.receive(frame)
                    frameCount += 1
                }
                #expect(broker.settled == asked)
            }
            #expect(ledger.outstanding == Int(lastTag) - asked.count)
        }
        #expect(broker.unknownTags == 0)
        #expect(frameCount <= asked.count)
        let sizes = (1..<(lastTag + 1)).filter { asked[$0] == nil }.map { Int($0) }
        #expect(ledger.outstandingBytes == sizes.reduce(0, +))
    }
}

/// Does with a frame what RabbitMQ does, without any cleverness.
private struct NaiveBroker {
    private var outstanding: [UInt64] = []
    var settled: [UInt64: AckFrame.Kind] = [:]
    var unknownTags = 0

    mutating func delivered(_ tag: UInt64) {
        outstanding.append(tag)
    }

    mutating func receive(_ frame: AckFrame) {
        let tags = outstanding.filter { frame.multiple ? $0 <= frame.tag : $0 == frame.tag }
        if tags.isEmpty { unknownTags += 1 }
        for tag in tags { settled[tag] = frame.kind }
        outstanding.removeAll { tags.contains($0) }
    }
}
