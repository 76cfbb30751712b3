import CopyRuntime
import Foundation
import Testing

@testable import WorkerConfiguration

@Suite("The article")
struct ArticleTests {
    @Test("its example loads")
    func example() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appendingPathComponent(
                "Sources/WorkerConfiguration/WorkerConfiguration.docc/Configuration.md"
            ),
            encoding: .utf8
        )
        let parts = article.components(separatedBy: "```")
        let yaml = try #require(parts.first { $0.hasPrefix("yaml\n") })
        let configuration = try load(
            String(yaml.dropFirst("yaml\n".count)),
            ["RABBITMQ_PASSWORD": "p", "INVOICES_WESTUS2_KEY": "k", "INVOICES_EASTUS_KEY": "k"]
        )
        #expect(configuration.catalogue.routes.count == 1 && configuration.broker.nodes.count == 2)
    }
}
