import EmulationSupport
import FoundationEssentials
import Testing

@testable import AzureEmulation

@Suite("The documentation")
struct DocumentationTests {
    static func article() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Sources/AzureEmulation/Documentation.docc/AzureEmulation.md")
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    static func examples() throws -> [Data] {
        try article().matches(of: /```json\n((?:[^`])*)```/).map { Data(String($0.output.1).utf8) }
    }

    @Test("its example configuration is one, and its example fault too")
    func examplesDecode() throws {
        let examples = try Self.examples()
        let configuration = try EmulatorConfiguration(json: examples[0])
        #expect(configuration.resources.map(\.name) == ["fr-west", "fr-east"])
        let rule = try JSONDecoder().decode(FaultRule.self, from: examples[1])
        #expect(rule.fault == .hold)
    }

    @Test("it names every call", arguments: CloudRoute.calls.map(\.name))
    func calls(name: String) throws {
        #expect(try Self.article().contains("`\(name)`"))
    }

    @Test("it names every fault with its stages", arguments: FaultKind.allCases)
    func faults(kind: FaultKind) throws {
        let row = try #require(
            try Self.article().split(separator: "\n").first { $0.hasPrefix("|") && $0.contains("`\(kind.rawValue)`") }
        )
        for stage in Stage.allCases where kind.stages.contains(stage) { #expect(row.contains(stage.rawValue)) }
    }

    @Test("every member of a report is described")
    func reportMembers() async throws {
        let article = try Self.article()
        try await TestAzure.run { azure in
            for name in try azure.report().names { #expect(article.contains("`\(name)`"), "\(name)") }
        }
    }
}
