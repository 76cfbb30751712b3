import AMQP
import CommandLineClient
import CopyContract
import CopyDomain
import Simulation
import Synchronization
import Testing

@Suite("Commands to the pool, and the parking queue", .timeLimit(.minutes(1)))
struct ParkingTests {
    @Test("cancels arrive persistent, in the form that workers read")
    func cancels() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            let ids = ["a", "b"].compactMap(RequestID.init(rawValue:))
            #expect(await desk.cancel(ids) == .success)
            let messages = desk.broker.ready(in: "copy.commands")
            #expect(
                messages.map(\.body) == ids.map { Array(#"{"command":"cancel","id":"\#($0.rawValue)"}"#.utf8) }
            )
            #expect(messages.allSatisfy { $0.deliveryMode == 2 })
            #expect(desk.printed == ["a\n", "b\n"])
        }
    }

    @Test("without the queue, or without the broker, a cancel says so")
    func cancelFails() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            desk.broker.delete(queue: "copy.commands")
            let id = try #require(RequestID(rawValue: "a"))
            #expect(await desk.cancel([id]) == .rejected)
            desk.broker.goDown()
            #expect(await desk.cancel([id]) == .unreachable)
            #expect(desk.complaints.count == 2 && desk.printed.isEmpty)
        }
    }

    @Test("looking at what is parked changes neither messages nor their order")
    func looking() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            for number in 1...50 { desk.park("m-\(number)") }
            let before = desk.broker.ready(in: "copy.parking")
            for _ in 0..<3 {
                let parked = try await desk.lot.list().messages
                #expect(parked.map(\.requestID) == (1...50).map { "m-\($0)" })
                #expect(parked.map(\.number) == Array(1...50))
                #expect(parked.allSatisfy { $0.line.contains("unknown_resource") && $0.origin == "copy.requests" })
            }
            #expect(desk.broker.ready(in: "copy.parking") == before)
            #expect(desk.broker.connectionCount == 0)
        }
    }

    @Test("an empty queue is nothing, and no queue is an error")
    func nothing() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            let none = try await desk.lot.list().messages
            #expect(none.isEmpty)
            desk.broker.delete(queue: "copy.parking")
            await #expect(throws: AMQPError.self) { try await desk.lot.list() }
        }
    }

    @Test("all are sent back in their order, without what was added when they were put aside")
    func replaysAll() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            for number in 1...30 { desk.park("m-\(number)") }
            desk.park("c", from: "copy.commands")
            let replayed = try await desk.replay(.all)
            #expect(replayed.count == 31)
            let messages = desk.broker.ready(in: "copy.requests")
            #expect(messages.map(\.messageID) == (1...30).map { "m-\($0)" })
            for message in messages {
                #expect(!message.headers.fields.contains { $0.name.hasPrefix("x-copy-reason") })
                #expect(message.headers["traceparent"]?.text == "00-1")
            }
            #expect(desk.broker.ready(in: "copy.commands").count == 1)
            #expect(desk.broker.ready(in: "copy.parking").isEmpty)
        }
    }

    @Test("one is chosen by its place, its digest, its request's id or its message-id")
    func chooses() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            for number in 1...4 { desk.park("m-\(number)") }
            let parked = try await desk.lot.list().messages
            #expect(try await desk.replay(.these(["m-3"])) == ["m-3"])
            #expect(try await desk.replay(.these([parked[1].digest])) == ["m-2"])
            #expect(try await desk.drop(.these(["1"])) == ["m-1"])
            #expect(try await desk.drop(.these(["nobody"])) == ["? nobody"])
            #expect(desk.broker.ready(in: "copy.parking").map(\.messageID) == ["m-4"])
            #expect(try await desk.drop(.all) == ["m-4"])
            #expect(desk.broker.ready(in: "copy.parking").isEmpty)
        }
    }

    @Test("a number means its place only, even where others have it as message-id; another counter is a message-id")
    func numbers() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            for number in 1...3 { desk.park("m-\(number)", messageID: "\(number + 1)") }
            let dropped = try await desk.drop(.these(["2"]))
            let replayed = try await desk.replay(.these(["4"]))
            #expect(dropped == ["3"] && replayed == ["4"])
            #expect(desk.broker.ready(in: "copy.parking").map(\.messageID) == ["2"])
        }
    }

    @Test("what means different messages in more than one way is refused, and the rest is done")
    func doubtful() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            desk.park("r-1", messageID: "a")
            desk.park("r-2", messageID: "r-1")
            let digest = try #require(try await desk.lot.list().messages.first).digest
            desk.park("r-3", messageID: digest)
            // In one way, several are meant; in two ways, the same.
            desk.park("r-4", messageID: "r-4")
            desk.park("r-4", messageID: "r-4")
            let ids = #"?? "r-1" is the request's id of number 1 and the message-id of number 2; give a number"#
            let digests = "?? \"\(digest)\" is the digest of number 1 and the message-id of number 3; give a number"
            #expect(try await desk.replay(.these(["r-1"])) == [ids])
            #expect(try await desk.drop(.these(["r-1", digest, "r-4"])) == [ids, digests, "r-4", "r-4"])
            #expect(desk.broker.ready(in: "copy.parking").count == 3)
        }
    }

    @Test(
        "the tool dies at any publication: nothing is lost",
        arguments: 1...5,
        [SimulatedBroker.Moment.before, .after]
    )
    func death(number: Int, moment: SimulatedBroker.Moment) async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            for number in 1...5 { desk.park("m-\(number)") }
            desk.broker.loseConnection(atPublish: number, moment)
            await #expect(throws: AMQPError.self) { try await desk.replay(.all) }
            let parked = desk.broker.ready(in: "copy.parking").compactMap(\.messageID)
            let sent = desk.broker.ready(in: "copy.requests").compactMap(\.messageID)
            #expect(Set(parked + sent) == Set((1...5).map { "m-\($0)" }))
            #expect(parked.count + sent.count <= 6)
            let again = try await desk.replay(.all)
            #expect(again.count == parked.count)
            #expect(desk.broker.ready(in: "copy.parking").isEmpty)
        }
    }

    @Test("what cannot be sent back stays where it is")
    func noDestination() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            for number in 1...3 { desk.park("m-\(number)") }
            desk.broker.delete(queue: "copy.requests")
            let reports = try await desk.replay(.all)
            #expect(reports == ["! m-1"])
            #expect(desk.broker.ready(in: "copy.parking").count == 3)
        }
    }

    @Test("what was put aside is told by the id that workers know it by, in every wire form")
    func requestIDs() throws {
        let request = #"{"kind":"document-model"}"#
        let event = #""specversion":"1.0","id":"17","source":"urn:x","type":"t""#
        let binary: AMQPTable = [
            "cloudEvents_specversion": .string("1.0"), "cloudEvents_id": .string("17"),
            "cloudEvents_source": .string("urn:x"), "cloudEvents_type": .string("t"),
        ]
        let structured = "application/cloudevents+json"
        let cases: [(body: String, type: String, headers: AMQPTable, id: String?)] = [
            (#"{"id":"r-1","kind":3}"#, "application/json", [:], "r-1"),
            ("{\(event),\"data\":{\"id\":\"r-1\"}}", structured, [:], "r-1"),
            // Of another content type it is no event to workers, and to people it still is one.
            ("{\(event),\"data\":{\"id\":\"r-1\"}}", "text/plain", [:], "r-1"),
            ("{\(event),\"data\":\(request)}", structured, [:], "urn:x/17"),
            (request, "application/json", binary, "urn:x/17"),
            (#"{"id":"r-1"}"#, "application/json", binary, "r-1"),
            (request, "application/json", [:], "m"),
            (#"{"command":"cancel","id":"r-1"}"#, "application/json", [:], "r-1"),
            ("{\(event),\"data\":{\"command\":\"cancel\",\"id\":\"r-1\"}}", structured, [:], "r-1"),
            (#"{"command":"cancel"}"#, "application/json", [:], nil),
        ]
        for (body, type, headers, id) in cases {
            var message = AMQPMessage(body: Array(body.utf8), headers: headers)
            message.contentType = type
            message.messageID = "m"
            #expect(ParkedMessage(number: 1, message).requestID == id, "\(body)")
        }
    }

    @Test("whoever looks at no more than so many is told when there may be more")
    func cutOff() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            for number in 1...5 { desk.park("m-\(number)") }
            var room = ParkingLot.Room()
            room.messages = 3
            let small = desk.lot(room: room)
            let list = try await small.list()
            #expect(list.messages.map(\.requestID) == ["m-1", "m-2", "m-3"])
            #expect(list.cutOff == .messages(3))
            #expect(try await desk.drop(.these(["m-4"]), from: small) == ["behind 3", "? m-4"])
            #expect(try await desk.replay(.all, from: small) == ["only 3", "m-1", "m-2", "m-3"])
            #expect(try await desk.drop(.all, from: small) == ["m-4", "m-5"])
        }
    }

    @Test("large messages behind which nothing more is read are told of; what is smaller does not count")
    func largeMessages() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            var room = ParkingLot.Room()
            room.largeBytes = 2 << 20
            let small = desk.lot(room: room)
            desk.park("m-1", bytes: 1 << 20)
            for number in 2...4 { desk.park("m-\(number)", bytes: (1 << 20) - 1) }
            let all = try await small.list()
            #expect(all.cutOff == nil)
            desk.park("m-5", bytes: 1 << 20)
            let list = try await small.list()
            #expect(list.cutOff == .largeBytes(2 << 20, among: 5))
            #expect(list.cutOff?.description.contains("2 MiB") == true)
            #expect(try await desk.replay(.these(["m-6"]), from: small) == ["behind 5", "? m-6"])
            #expect(try await desk.drop(.all, from: small).first == "only 5")
        }
    }

    @Test("what is sent back bears none of the headers that workers had set")
    func replaysClean() async throws {
        try await VirtualTime.run { clock in
            let desk = Desk(clock)
            desk.park("m", adding: CarriedHeader.all.union(CarriedHeader.broker).sorted())
            _ = try await desk.replay(.all)
            let message = try #require(desk.broker.ready(in: "copy.requests").first)
            #expect(Set(message.headers.fields.map(\.name)) == ["traceparent", CarriedHeader.replayed])
        }
    }

    @Test("a message is shown whole, without control characters")
    func shows() throws {
        var message = AMQPMessage(body: Array("{\"id\":\"x\",\n\"a\":\"\u{1B}[31m\"}".utf8))
        message.headers["x-copy-reason"] = .string("because\u{7}")
        message.headers["x-delivery-count"] = .integer(4711)
        let text = ParkedMessage(number: 1, message).full
        #expect(text.contains("because") && text.contains(#""id":"x","#))
        #expect(!text.contains("4711"))
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 })
    }
}

/// A person's tool before a fake broker.
private final class Desk: Sendable {
    let broker: SimulatedBroker
    let lot: ParkingLot
    private let access: BrokerAccess
    private let print = Mutex<[String]>([])
    private let complain = Mutex<[String]>([])

    var printed: [String] { print.withLock { $0 } }
    var complaints: [String] { complain.withLock { $0 } }

    init(_ clock: SimulatedClock) {
        broker = SimulatedBroker(clock: clock)
        broker.declare(
            Topology(
                mode: .declare,
                queues: ["copy.requests", "copy.commands", "copy.parking"].map {
                    QueueDeclaration(name: $0, arguments: ["x-queue-type": .string("quorum")])
                }
            )
        )
        access = .simulated(broker, clock)
        lot = ParkingLot(ParkingLot.Names(), broker: access, timeout: .seconds(60))
    }

    func cancel(_ ids: [RequestID]) async -> CommandStatus {
        await Cancel(ids, queue: "copy.commands", timeout: .seconds(30), broker: access).run { text in
            self.print.withLock { $0.append(text) }
        } complain: { text in
            self.complain.withLock { $0.append(text) }
        }
    }

    func lot(room: ParkingLot.Room) -> ParkingLot {
        ParkingLot(ParkingLot.Names(), broker: access, timeout: .seconds(60), room: room)
    }

    func park(
        _ id: String,
        messageID: String? = nil,
        from queue: String = "copy.requests",
        adding headers: [String] = [],
        bytes: Int = 0
    ) {
        var message = AMQPMessage(body: Array(#"{"id":"\#(id)"}"#.utf8))
        if bytes > 0 { message.body = Array(repeating: UInt8(ascii: "x"), count: bytes) }
        message.messageID = messageID ?? id
        message.headers = [
            "traceparent": .string("00-1"), "x-copy-reason-code": .string("unknown_resource"),
            "x-copy-reason": .string("source.resource: unknown"), "x-copy-parked-from": .string(queue),
        ]
        for name in headers where message.headers[name] == nil { message.headers[name] = .integer(1) }
        broker.publish(OutgoingMessage(exchange: "", routingKey: "copy.parking", mandatory: true, message: message))
    }

    func replay(_ selection: ParkingLot.Selection, from lot: ParkingLot? = nil) async throws(AMQPError) -> [String] {
        let reports = Mutex<[String]>([])
        try await (lot ?? self.lot).replay(selection) { report in reports.withLock { $0.append(report.text) } }
        return reports.withLock { $0 }
    }

    func drop(_ selection: ParkingLot.Selection, from lot: ParkingLot? = nil) async throws(AMQPError) -> [String] {
        let reports = Mutex<[String]>([])
        try await (lot ?? self.lot).drop(selection) { report in reports.withLock { $0.append(report.text) } }
        return reports.withLock { $0 }
    }
}

extension ParkingLot.Report {
    fileprivate var text: String {
        switch self {
        case .done(let parked): parked.messageID ?? ""
        case .noQueue(let parked, _), .refused(let parked): "! " + (parked.messageID ?? "")
        case .unknown(let text): "? " + text
        case .doubtful(let why): "?? " + why
        case .cutOff(let cutOff): "behind \(cutOff.count)"
        case .notAll(let cutOff): "only \(cutOff.count)"
        }
    }
}

extension ParkedList.CutOff {
    fileprivate var count: Int {
        switch self {
        case .messages(let count), .largeBytes(_, let count): count
        }
    }
}
