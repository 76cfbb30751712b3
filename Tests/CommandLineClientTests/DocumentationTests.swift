import CopyContract
import CopyDomain
import Foundation
import Testing

/// Holds the README's tables of codes against the code.
@Suite("Documentation")
struct DocumentationTests {
    @Test("the README lists every failure code with its advice, as the events say it")
    func failureCodes() throws {
        let rows = FailureCode.allCases.map { code in
            "| `\(code.rawValue)` | \(code.advice) | \(code.canSucceedLater ? "yes" : "no") |"
        }
        let table = ["| code | what to do | a new try can help |", "|---|---|---|"] + rows
        #expect(try section("failure-codes") == table)
    }

    @Test("the README lists every rejection code with its advice, as the events say it")
    func rejectionCodes() throws {
        let rows = RejectionCode.allCases.map { "| `\($0.rawValue)` | \($0.advice) |" }
        #expect(try section("rejection-codes") == ["| code | what to do |", "|---|---|"] + rows)
    }

    /// The lines between `<!-- name:begin -->` and `<!-- name:end -->`.
    private func section(_ name: String) throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let lines = readme.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let begin = try #require(lines.firstIndex(of: "<!-- \(name):begin -->"))
        let end = try #require(lines.firstIndex(of: "<!-- \(name):end -->"))
        return Array(lines[(begin + 1)..<end])
    }
}
