import Foundation
import Testing

@Suite("The article on errors")
struct ErrorArticleTests {
    @Test("shows the table as it is", arguments: [ErrorArticle.rows, ErrorArticle.codes])
    func tables(_ table: [String]) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/AzureAI/AzureAI.docc/Errors.md")
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex(of: table[0]))
        let shown = Array(lines[start...].prefix { $0.hasPrefix("|") })
        #expect(shown == table, "Errors.md should have:\n\(table.joined(separator: "\n"))")
    }
}
