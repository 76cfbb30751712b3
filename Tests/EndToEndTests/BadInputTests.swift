import AMQP
import Foundation
import Testing

/// A message that is no request, and the reason it must be refused with.
struct BadInput: Sendable, CustomTestStringConvertible {
    let name: String
    let code: String
    let message: AMQPMessage

    var testDescription: String { name }

    init(_ name: String, _ code: String, body: [UInt8], change: (inout AMQPMessage) -> Void = { _ in }) {
        self.name = name
        self.code = code
        var message = AMQPMessage(body: body)
        message.contentType = "application/json"
        message.deliveryMode = 2
        message.messageID = nil
        change(&message)
        self.message = message
    }

    init(_ name: String, _ code: String, _ text: String, change: (inout AMQPMessage) -> Void = { _ in }) {
        self.init(name, code, body: [UInt8](text.utf8), change: change)
    }

    private static let source = #""source":{"resource":"source-0","id":"model-0-0"}"#
    private static let target = #""target":{"resource":"target-0"}"#

    /// A request that is right but for the given members.
    private static func request(_ members: String, source: String = source, target: String = target) -> String {
        "{\(members)," + source + "," + target + "}"
    }

    private static let model = #""kind":"document-model","apiVersion":"v2.1""#

    static let all: [BadInput] = [
        BadInput("empty body", "malformed_json", ""),
        BadInput("no JSON", "malformed_json", "please copy my model"),
        BadInput("truncated", "malformed_json", #"{"id":"t","kind":"document-mod"#),
        BadInput("trailing garbage", "malformed_json", request(#""id":"t1","# + model) + "x"),
        BadInput("an array", "malformed_json", "[]"),
        BadInput("deep nesting", "malformed_json", String(repeating: "[", count: 100_000)),
        BadInput("8 MB", "too_large", body: [UInt8](repeating: UInt8(ascii: " "), count: 8 << 20)),
        BadInput("not UTF-8", "not_utf8", body: [UInt8](#"{"id":""#.utf8) + [0xff, 0xfe, 0x80] + [UInt8](#""}"#.utf8)),
        BadInput(
            "UTF-16",
            "not_utf8",
            body: [0xff, 0xfe] + request(#""id":"u","# + model).utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        ),
        BadInput(
            "byte order mark",
            "not_utf8",
            body: [0xef, 0xbb, 0xbf] + [UInt8](request(#""id":"b","# + model).utf8)
        ),
        BadInput("duplicate key", "duplicate_key", request(#""id":"d","id":"e","# + model)),
        BadInput(
            "duplicate key within",
            "duplicate_key",
            request(#""id":"d2","# + model, source: #""source":{"resource":"source-0","resource":"source-1","id":"m"}"#)
        ),
        BadInput("wrong type of id", "invalid_field", request(#""id":7,"# + model)),
        BadInput(
            "wrong type of source",
            "invalid_field",
            request(#""id":"w","# + model, source: #""source":"model-0-0""#)
        ),
        BadInput("huge number", "invalid_field", request(#""id":"h","deadline":1e999999,"# + model)),
        BadInput("unknown field", "unknown_field", request(#""id":"f","priority":"high","# + model)),
        BadInput(
            "endpoint smuggled in",
            "unknown_field",
            request(
                #""id":"g","# + model,
                source: #""source":{"resource":"source-0","id":"m","endpoint":"https://evil.example"}"#
            )
        ),
        BadInput(
            "key smuggled in",
            "unknown_field",
            request(#""id":"k","# + model, target: #""target":{"resource":"target-0","key":"abcdef"}"#)
        ),
        BadInput("unknown kind", "unknown_kind", request(#""id":"l","kind":"speech-model""#)),
        BadInput("unknown version", "unknown_version", request(#""id":"m","kind":"document-model","apiVersion":"v9""#)),
        BadInput(
            "a version of the other kind",
            "unknown_version",
            request(#""id":"n","kind":"document-model","apiVersion":"v3.3""#)
        ),
        BadInput(
            "unknown resource",
            "unknown_resource",
            request(#""id":"o","# + model, target: #""target":{"resource":"nowhere"}"#)
        ),
        BadInput(
            "no route",
            "route_not_allowed",
            request(#""id":"p","# + model, target: #""target":{"resource":"source-1"}"#)
        ),
        BadInput("no id anywhere", "missing_id", request(model)),
        BadInput("id with control characters", "invalid_field", request(#""id":"a\u0000b","# + model)),
        BadInput("id with a space", "invalid_field", request(#""id":"a b","# + model)),
        BadInput(
            "id of 129 characters",
            "invalid_field",
            request(#""id":""# + String(repeating: "i", count: 129) + #"","# + model)
        ),
        BadInput("no kind", "missing_field", request(#""id":"q""#)),
        BadInput("no source", "missing_field", #"{"id":"r","# + model + "," + target + "}"),
        BadInput(
            "target id where the service chooses",
            "field_not_in_version",
            request(#""id":"s","# + model, target: #""target":{"resource":"target-0","id":"mine"}"#)
        ),
        BadInput(
            "target name for a model",
            "field_not_in_version",
            request(#""id":"s2","# + model, target: #""target":{"resource":"target-0","name":"mine"}"#)
        ),
        BadInput(
            "onConflict where nothing can conflict",
            "field_not_in_version",
            request(#""id":"s3","onConflict":"replace","# + model)
        ),
        BadInput("no such date", "invalid_field", request(#""id":"s4","deadline":"2026-02-30T00:00:00Z","# + model)),
        BadInput("content type XML", "wrong_content_type", request(#""id":"x","# + model)) {
            $0.contentType = "text/xml"
        },
        BadInput("content encoding gzip", "wrong_content_encoding", request(#""id":"y","# + model)) {
            $0.contentEncoding = "gzip"
        },
        BadInput(
            "CloudEvent without data",
            "malformed_cloudevent",
            #"{"specversion":"1.0","id":"1","source":"/s","type":"t"}"#
        ) { $0.contentType = "application/cloudevents+json" },
        BadInput(
            "CloudEvent 0.3",
            "malformed_cloudevent",
            #"{"specversion":"0.3","id":"1","source":"/s","type":"t","data":{}}"#
        ) { $0.contentType = "application/cloudevents+json" },
        BadInput(
            "CloudEvent with wrong data",
            "missing_field",
            #"{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"id":"z"}}"#
        ) { $0.contentType = "application/cloudevents+json" },
        BadInput("with CC to another queue", "malformed_json", "cc") {
            $0.headers["CC"] = .array([.string("test.nowhere")])
        },
        BadInput("with an expiration", "malformed_json", "expiring") { $0.expiration = "600000" },
        BadInput("with the publisher's user-id", "malformed_json", "user") {
            $0.userID = nil; $0.appID = "somebody"
        },
    ]
}

@Suite("Bad input")
struct BadInputTests {
    @Test("each is refused with its reason and parked; its neighbours in the prefetch window are copied")
    func refused() async throws {
        var options = World.Options()
        options.items = 60
        options.copySeconds = 1
        try await World.with(options) { world in
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                var neighbours: [String] = []
                for (number, input) in BadInput.all.enumerated() {
                    let id = "neighbour-\(number)"
                    neighbours.append(id)
                    try await client.submit(Requests.model(id, source: 0, item: number, target: number % 2))
                    try await client.publish(input.message)
                }
                let missing = await client.waitForOutcomes(of: neighbours, within: .seconds(120))
                #expect(missing.isEmpty)
                for id in neighbours { #expect(client.outcomes(of: id).map(\.name) == ["succeeded"]) }

                // An unknown resource is kept for a while first.
                _ = await eventually(within: .seconds(60)) {
                    client.events.count { $0.name == "rejected" } >= BadInput.all.count
                }
                let rejected = client.events.filter { $0.name == "rejected" }
                #expect(rejected.count == BadInput.all.count)
                for input in BadInput.all {
                    let hash = try sha256Prefix(of: input.message.body)
                    let events = rejected.filter { $0.id.hasSuffix("#rejected#\(hash)") }
                    #expect(events.count == 1, "\(input.name)")
                    #expect(events.first?.json["data"]["error"]["code"].string == input.code, "\(input.name)")
                }
                // The figures of quorum queues are some seconds old.
                let areParked = try await eventually(within: .seconds(20)) {
                    try await world.broker.messageCount(in: "copy.parking") == BadInput.all.count
                }
                #expect(areParked)
                let everything = client.events.map { String(decoding: $0.body, as: UTF8.self) }.joined()
                #expect(!everything.contains("evil.example"))
                #expect(!everything.contains("abcdef"))
                #expect(worker.isRunning)
            }
            await worker.killAndWait()
        }
    }
}

/// What coreutils say, not the code under test.
private func sha256Prefix(of body: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(body).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [file.path]
    process.standardOutput = output
    try process.run()
    process.waitUntilExit()
    return String(decoding: output.fileHandleForReading.readDataToEndOfFile().prefix(8), as: UTF8.self)
}
