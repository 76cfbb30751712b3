import AMQP
import Simulation
import Testing

@Suite("Confirm ledger")
struct ConfirmLedgerTests {
    private func ledger(written count: Int, messages: Int = 100, bytes: Int = 1000) -> ConfirmLedger {
        var ledger = ConfirmLedger(windowMessages: messages, windowBytes: bytes)
        for number in 0..<count {
            let ticket = UInt64(100 + number)
            let tag = ledger.wrote(.job("\(number)"), ticket: ticket, bytes: 10, at: .seconds(number))
            #expect(tag == UInt64(number + 1))
        }
        return ledger
    }

    @Test("answers one, or all up to one")
    func answers() {
        var ledger = ledger(written: 6)
        #expect(ledger.answered(3, multiple: false).map(\.ticket) == [102])
        #expect(ledger.answered(4, multiple: true).map(\.ticket) == [100, 101, 103])
        #expect(ledger.outstanding.map(\.ticket) == [104, 105])
        #expect(ledger.outstandingBytes == 20)
        #expect(ledger.answered(0, multiple: true).map(\.ticket) == [104, 105])
        #expect(ledger.isEmpty)
        #expect(ledger.outstandingBytes == 0)
        #expect(ledger.oldest == nil)
    }

    @Test("an answer to nothing is nothing")
    func unknown() {
        var ledger = ledger(written: 3)
        #expect(ledger.answered(4, multiple: false).isEmpty)
        #expect(ledger.answered(4, multiple: true).isEmpty)
        #expect(ledger.answered(0, multiple: false).isEmpty)
        #expect(ledger.answered(2, multiple: false).count == 1)
        #expect(ledger.answered(2, multiple: false).isEmpty)
        #expect(ledger.outstanding.count == 2)
    }

    @Test("the window holds by count and by bytes, and lets the largest go alone")
    func window() {
        var ledger = ConfirmLedger(windowMessages: 3, windowBytes: 100)
        #expect(ledger.admits(5000))
        _ = ledger.wrote(.job("a"), ticket: 1, bytes: 5000, at: .zero)
        #expect(!ledger.admits(1))
        _ = ledger.answered(1, multiple: false)
        _ = ledger.wrote(.job("b"), ticket: 2, bytes: 60, at: .zero)
        #expect(ledger.admits(40))
        #expect(!ledger.admits(41))
        _ = ledger.wrote(.job("c"), ticket: 3, bytes: 0, at: .zero)
        _ = ledger.wrote(.job("d"), ticket: 4, bytes: 0, at: .zero)
        #expect(!ledger.admits(0))
    }

    @Test("a window of nothing still lets one through", arguments: [0, -1])
    func emptyWindow(size: Int) {
        var ledger = ConfirmLedger(windowMessages: size, windowBytes: size)
        #expect(ledger.admits(10))
        _ = ledger.wrote(.job("a"), ticket: 1, bytes: 10, at: .zero)
        #expect(!ledger.admits(0))
    }

    private func returned(_ message: OutgoingMessage, code: UInt16 = 312) -> ReturnedMessage {
        ReturnedMessage(
            code: code,
            text: "NO_ROUTE",
            exchange: message.exchange,
            routingKey: message.routingKey,
            message: message.message
        )
    }

    @Test("a return marks the oldest message that looks the same")
    func returns() {
        var ledger = ConfirmLedger(windowMessages: 10, windowBytes: 1000)
        let messages: [OutgoingMessage] = [
            .job("a", mandatory: false), .job("a"), .job("b"), .job("a"), .job("a", routingKey: "other"),
        ]
        for (index, message) in messages.enumerated() {
            _ = ledger.wrote(message, ticket: UInt64(index), bytes: 1, at: .zero)
        }
        #expect(ledger.returned(returned(.job("a"))) == true)
        #expect(ledger.returned(returned(.job("a"), code: 313)) == true)
        #expect(ledger.returned(returned(.job("a"))) == false)
        #expect(ledger.returned(returned(.job("c"))) == false)
        #expect(ledger.outstanding.map { $0.returned?.code } == [nil, 312, nil, 313, nil])
        #expect(ledger.answered(5, multiple: true).map { $0.returned?.code } == [nil, 312, nil, 313, nil])
    }

    @Test("without a message id, the body tells")
    func returnsWithoutID() {
        var ledger = ConfirmLedger(windowMessages: 10, windowBytes: 1000)
        for text in ["one", "two"] {
            let message = OutgoingMessage(
                exchange: "e",
                routingKey: "k",
                mandatory: true,
                message: AMQPMessage(body: Array(text.utf8))
            )
            _ = ledger.wrote(message, ticket: 1, bytes: 1, at: .zero)
        }
        let two = OutgoingMessage(
            exchange: "e",
            routingKey: "k",
            mandatory: true,
            message: AMQPMessage(body: Array("two".utf8))
        )
        #expect(ledger.returned(returned(two)) == true)
        #expect(ledger.outstanding.map { $0.returned != nil } == [false, true])
    }

    @Test("the longest wait is the oldest message's, and can begin anew")
    func waits() {
        var ledger = ledger(written: 3)
        #expect(ledger.oldest == .zero)
        _ = ledger.answered(1, multiple: false)
        #expect(ledger.oldest == .seconds(1))
        ledger.restartWaits(at: .seconds(50))
        #expect(ledger.oldest == .seconds(50))
    }

    @Test("a random walk agrees with a plain list", arguments: 0..<50)
    func randomWalk(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var ledger = ConfirmLedger(windowMessages: 20, windowBytes: 300)
        var model: [(tag: UInt64, bytes: Int)] = []
        var lastTag: UInt64 = 0
        for _ in 0..<3000 {
            if Bool.random(using: &random) {
                let bytes = Int.random(in: 0...400, using: &random)
                let total = model.reduce(0) { $0 + $1.bytes }
                let admitted = model.isEmpty || model.count < 20 && total + bytes <= 300
                #expect(ledger.admits(bytes) == admitted)
                guard admitted else { continue }
                lastTag += 1
                #expect(ledger.wrote(.job("m"), ticket: lastTag, bytes: bytes, at: .zero) == lastTag)
                model.append((lastTag, bytes))
            } else {
                let tag = UInt64.random(in: 0...(lastTag + 1), using: &random)
                let multiple = Int.random(in: 0..<4, using: &random) == 0
                let expected = model.filter { entry in
                    multiple ? tag <= lastTag && (tag == 0 || entry.tag <= tag) : entry.tag == tag
                }
                #expect(ledger.answered(tag, multiple: multiple).map(\.tag) == expected.map(\.tag))
                model.removeAll { entry in expected.contains { $0.tag == entry.tag } }
            }
            #expect(ledger.outstanding.map(\.tag) == model.map(\.tag))
            #expect(ledger.outstandingBytes == model.reduce(0) { $0 + $1.bytes })
        }
    }
}
