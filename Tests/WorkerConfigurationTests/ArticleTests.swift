import AzureAI
import CopyRuntime
import Foundation
import Testing

@testable import WorkerConfiguration

@Suite("The article")
struct ArticleTests {
    static func examples() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appendingPathComponent(
                "Sources/WorkerConfiguration/WorkerConfiguration.docc/Configuration.md"
            ),
            encoding: .utf8
        )
        return article.components(separatedBy: "```").filter { $0.hasPrefix("yaml\n") }
            .map { String($0.dropFirst("yaml\n".count)) }
    }

    @Test("its example loads")
    func example() throws {
        let yaml = try #require(try Self.examples().first)
        let configuration = try load(
            yaml,
            ["RABBITMQ_PASSWORD": "p", "INVOICES_WESTUS2_KEY": "k", "INVOICES_EASTUS_KEY": "k"]
        )
        #expect(configuration.catalogue.routes.count == 1 && configuration.broker.nodes.count == 3)
    }

    @Test("its credentials load")
    func credentials() throws {
        let yaml = try #require(try Self.examples().last)
        var text = smallest.split(separator: "keyEnv: WEST_KEY").joined(separator: "credential: cluster")
        text = text.split(separator: "keyEnv: EAST_KEY").joined(separator: "credential: shanghai")
        let configuration = try load(
            text + "\n" + yaml,
            [
                "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_FEDERATED_TOKEN_FILE": "/etc/hostname",
                "SHANGHAI_SECRET": "s",
            ]
        )
        let scopes = configuration.access.values.compactMap(\.identity).map(\.scope).sorted()
        #expect(scopes == [AzureCloud.china.scope, AzureCloud.public.scope])
    }
}
