import CopyDomain
import CopyJournal
import Foundation

@testable import AMQP
@testable import CopyContract
@testable import CopyRuntime

/// A message of the request queue, from its properties to the first action of its machine; the same as a command.
enum RequestHarness: Harness {
    static let name = "requests"

    static func run(_ input: [UInt8]) {
        let text = InputText(input)
        guard let message = message(text) else { return }
        let delivery = delivery(message)
        guard message.canBeSentOn else { return Tally.count("headersTooLarge") }
        do throws(Rejection) {
            check(accepted: try RequestDecoder.decode(delivery.incoming), message)
        } catch {
            check(rejected: error, delivery)
        }
        do throws(Rejection) {
            check(obeyed: try CommandDecoder.decode(delivery.incoming))
        } catch {
            check(rejected: error, delivery)
        }
    }

    private static func check(obeyed command: CopyCommand) {
        Tally.count("obeyed")
        switch command {
        case .cancel(let id): holds(isID(id.rawValue), "the request id is \(id.rawValue)")
        }
        let message = IncomingMessage(
            body: CommandEncoder.encode(command),
            contentType: CommandEncoder.contentType,
            contentEncoding: nil,
            messageID: nil,
            headers: []
        )
        let again = mustWork("a command written anew") { try CommandDecoder.decode(message) }
        holds(again == command, "the command written anew is another")
    }

    /// - Returns: `nil` for what AMQP itself cannot carry.
    private static func message(_ text: InputText) -> AMQPMessage? {
        var message = AMQPMessage(body: text.body)
        for (name, value) in text.fields {
            switch name.lowercased() {
            case "content-type": message.contentType = value
            case "content-encoding": message.contentEncoding = value
            case "message-id": message.messageID = value
            case "correlation-id": message.correlationID = value
            case "reply-to": message.replyTo = value
            default: message.headers.fields.append(AMQPTable.Field(name: name, value: .string(value)))
            }
        }
        let shortStrings = [
            message.contentType, message.contentEncoding, message.messageID, message.correlationID, message.replyTo,
        ]
        guard shortStrings.allSatisfy({ ($0?.utf8.count ?? 0) <= 255 }),
            message.headers.fields.allSatisfy({ $0.name.utf8.count <= 255 })
        else { return nil }
        return message
    }

    static func delivery(_ message: AMQPMessage) -> Delivery {
        Delivery(
            id: DeliveryID(epoch: 1, tag: 1),
            queue: "copy.requests",
            redelivered: false,
            exchange: "",
            routingKey: "copy.requests",
            message: message
        )
    }

    // MARK: - Accepted

    private static func check(accepted request: SubmittedRequest, _ message: AMQPMessage) {
        Tally.count("decoded")
        holds(isID(request.id.rawValue), "the request id is \(request.id.rawValue)")
        if let id = request.target.id { holds(isID(id.rawValue), "the target id is \(id.rawValue)") }

        let body = try? JSONParser.parse(message.body)
        let tags = ((body?["data"] ?? body)?["target"]?["tags"]?.object ?? []).filter { $0.value != .null }
        holds(tags.count == request.target.tags.count, "a tag was lost: \(request.target.tags)")

        let again = mustWork("a request written anew") {
            try RequestDecoder.decode(
                IncomingMessage(
                    body: RequestEncoder.encode(draft(of: request)),
                    contentType: RequestEncoder.contentType,
                    contentEncoding: nil,
                    messageID: nil,
                    headers: []
                )
            )
        }
        holds(again == request, "the request written anew is another: \(again) instead of \(request)")

        do throws(Rejection) {
            let plan = try World.catalogue.plan(for: request, settings: WorkerSettings(), now: World.noon)
            check(plan, message)
        } catch {
            Tally.count("noPlan.\(error.code.rawValue)")
            check(rejected: error, delivery(message))
        }
    }

    private static func check(_ plan: CopyPlan, _ message: AMQPMessage) {
        Tally.count("planned")
        var checkpoint = Checkpoint(first: plan)
        checkpoint = Checkpoint(machine: checkpoint.machine, sequence: 1, context: message.eventContext)
        let encoded = mustWork("a checkpoint") { try JSONEncoder().encode(checkpoint) }
        let decoded = mustWork("a checkpoint, read") { try JSONDecoder().decode(Checkpoint.self, from: encoded) }
        holds(decoded == checkpoint, "the checkpoint is another after it was stored")
        var machine = decoded.machine
        _ = machine.receive(.begun, at: World.noon)
    }

    private static func isID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && !text.utf8.contains { $0 <= 0x20 || $0 >= 0x7f }
    }

    private static func draft(of request: SubmittedRequest) -> RequestDraft {
        var draft = RequestDraft()
        draft.id = request.id.rawValue
        draft.kind = request.kind.rawValue
        draft.sourceResource = request.source.resource.rawValue
        switch request.source.item {
        case .id(let id): draft.sourceID = id.rawValue
        case .name(let name): draft.sourceName = name
        }
        draft.targetResource = request.target.resource.rawValue
        draft.targetID = request.target.id?.rawValue
        draft.targetName = request.target.name
        draft.targetDescription = request.target.description
        draft.targetTags = request.target.tags
        draft.apiVersion = request.apiVersion?.rawValue
        draft.onConflict = request.onConflict?.rawValue
        draft.allowsDegrading = request.allowsDegrading
        draft.isCheck = request.purpose == .check
        draft.deadline = request.deadline?.rfc3339
        return draft
    }

    // MARK: - Rejected

    private static func check(rejected rejection: Rejection, _ delivery: Delivery) {
        Tally.count("rejected.\(rejection.code.rawValue)")
        let said = rejection.message + (rejection.field ?? "")
        holds(!Printable.hasControls(said), "the rejection breaks its line: \(said)")
        holds(rejection.message.utf8.count <= 2000, "the rejection has \(rejection.message.utf8.count) bytes")
        checkSmuggled(said, delivery.message)

        let events = Events(settings: WorkerSettings(), now: { World.noon })
        let event = events.rejected(rejection, delivery).message
        let read = mustWork("the event of a rejection") { try CopyEvent.decode(body: event.message.body) }
        holds(read.error?.code == rejection.code.rawValue, "the event names another code")
        _ = mustWork("publishing the rejection") { try event.checked(largestBody: 1 << 20) }
        MessageHarness.check(parking: delivery, reason: rejection)
    }

    /// A value that stands where no message may quote one does not come up in a message.
    private static func checkSmuggled(_ said: String, _ message: AMQPMessage) {
        let canary = "canary"
        guard Canary.isShown(canary, in: said) else { return }
        Tally.count("canaryQuoted")
        guard let value = try? JSONParser.parse(message.body) else { return }
        var quotable = message.headers.fields.flatMap { [$0.name, $0.value.text ?? ""] }
        quotable += [message.contentType, message.contentEncoding, message.messageID].compactMap { $0 }
        collectQuotable(value, into: &quotable)
        holds(quotable.contains { Canary.isShown(canary, in: $0) }, "the rejection quotes a smuggled value: \(said)")
    }

    /// Names of fields, and the values that a rejection quotes so that a person finds them.
    private static func collectQuotable(_ value: JSONValue, into texts: inout [String]) {
        switch value {
        case .null, .bool, .number, .string: break
        case .array(let values):
            for value in values { collectQuotable(value, into: &texts) }
        case .object(let fields):
            for field in fields {
                texts.append(field.name)
                if ["id", "kind", "command", "apiVersion", "resource", "source"].contains(field.name),
                    let text = field.value.string
                {
                    texts.append(text)
                }
                collectQuotable(field.value, into: &texts)
            }
        }
    }
}
