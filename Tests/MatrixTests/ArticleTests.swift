import Foundation
import Testing

@Suite("The article on the matrix")
struct ArticleTests {
    @Test("shows the table as the tests have it")
    func table() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/CopyRuntime/CopyRuntime.docc/Matrix.md")
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        let start = try #require(lines.firstIndex { $0.hasPrefix("| kind and version |") })
        let shown = Array(lines[start...].prefix { $0.hasPrefix("|") })
        #expect(shown == Matrix.rows, "Matrix.md should have:\n\(Matrix.rows.joined(separator: "\n"))")
    }
}
