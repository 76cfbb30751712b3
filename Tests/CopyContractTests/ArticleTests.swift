import CopyContract
import CopyDomain
import Foundation
import Testing

@Suite("The article about the contract")
struct ArticleTests {
    /// Dotted paths of everything that is no object.
    static func paths(_ value: JSONValue, _ prefix: String = "") -> Set<String> {
        switch value {
        case .object(let fields):
            fields.reduce(into: []) { paths, field in
                paths.formUnion(Self.paths(field.value, prefix.isEmpty ? field.name : "\(prefix).\(field.name)"))
            }
        case .array(let values) where values.contains { $0.object != nil }:
            values.reduce(into: []) { $0.formUnion(Self.paths($1, "\(prefix)[]")) }
        case .array, .null, .bool, .number, .string: [prefix]
        }
    }

    static func samples() throws -> [EncodedEvent] {
        let encoder = EventEncoder(source: "urn:test")
        let context = EventContext()
        let now = EventTests.finished
        let model = try EventTests.plan()
        let west = model.source.name
        let failure = CopyFailure(
            code: .copyFailed,
            message: "m",
            azure: AzureError(status: 1, code: "c", innerCode: "i", message: "m", requestID: "r"),
            leftBehind: [
                LeftBehind(resource: west, item: .model(id: "m")), LeftBehind(resource: west, item: .projectName("n")),
                LeftBehind(resource: west, item: .reservation(id: "r")),
                LeftBehind(resource: west, item: .emptyModel(from: now, to: now, suspects: ["s"])),
            ],
            attempts: 1
        )
        let success = CopySuccess(
            targetID: "t",
            targetName: "n",
            expires: now,
            alreadyThere: true,
            verified: ["v"],
            warnings: [],
            attempts: 1
        )
        let report = CheckReport(
            problems: [CopyProblem(code: .copyFailed, message: "m", azure: failure.azure)],
            verified: [],
            warnings: []
        )
        let named = CopyRequest(
            id: model.request.id,
            kind: .visionProject,
            source: CopySource(resource: west, item: .name("n")),
            target: CopyTarget(resource: model.target.name, name: "n"),
            apiVersion: .customVision3_3,
            deadline: nil
        )
        let vision = CopyPlan(
            request: named,
            source: model.source,
            target: model.target,
            acceptedAt: now,
            deadline: now,
            limits: MachineLimits()
        )
        let rejection = Rejection(
            .invalidField,
            "m",
            field: "f",
            requestID: model.request.id,
            kind: .documentModel,
            targetResource: west
        )
        return [
            encoder.accepted(model, run: 1, sequence: 1, context: context, at: now),
            encoder.started(vision, run: 1, sequence: 2, context: context, at: now),
            encoder.progress(
                ProgressReport(phase: .copying, azureStatus: "running"),
                of: model,
                run: 1,
                sequence: 3,
                context: context,
                at: now
            ),
            encoder.outcome(
                .failed(failure),
                of: model,
                run: 1,
                sequence: 4,
                context: context,
                startedAt: now,
                finishedAt: now
            ),
            encoder.outcome(.succeeded(success), of: vision, run: 1, sequence: 4, context: context, finishedAt: now),
            encoder.outcome(
                .cancelled(CopyCancellation(leftBehind: [])),
                of: model,
                run: 1,
                sequence: 4,
                context: context,
                finishedAt: now
            ),
            encoder.outcome(.checked(report), of: model, run: 1, sequence: 4, context: context, finishedAt: now),
            encoder.rejected(rejection, body: [], messageID: "m", context: context, at: now),
        ]
    }

    static func article() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: root.appendingPathComponent("Sources/CopyContract/CopyContract.docc/Contract.md"),
            encoding: .utf8
        )
    }

    @Test("names exactly the headers that workers and people's tools set")
    func headers() throws {
        let section = try #require(try Self.article().components(separatedBy: "## Messages that workers send on").last)
        let table = try #require(section.components(separatedBy: "\n## ").first)
        let documented = table.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .compactMap { $0.split(separator: "|").first }
            .flatMap { $0.split(separator: "`").filter { $0.hasPrefix("x-") }.map(String.init) }
        #expect(Set(documented) == CarriedHeader.all)
        #expect(documented.count == Set(documented).count)
        #expect(section.contains("`\(CarriedHeader.original)…`"))
    }

    @Test("names exactly the fields that events have")
    func fields() throws {
        let article = try Self.article()
        let table = try #require(article.components(separatedBy: "| field | in | value |").last)
        let documented = table.split(separator: "\n").dropFirst().compactMap { line -> String? in
            guard line.hasPrefix("| `") else { return nil }
            return line.split(separator: "`", omittingEmptySubsequences: false).dropFirst().first.map(String.init)
        }
        var written: Set<String> = []
        for event in try Self.samples() {
            written.formUnion(Self.paths(try #require(JSONParser.parse(event.body)["data"])))
        }
        // An empty list shows no fields of its elements.
        written.remove("leftBehind")
        #expect(Set(documented) == written)
        #expect(documented.count == Set(documented).count)
    }
}
