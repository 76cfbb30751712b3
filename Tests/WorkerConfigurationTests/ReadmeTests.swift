import Foundation
import Testing
import WorkerConfiguration

/// Holds what people read about the configuration against the code.
@Suite("Documents about the configuration")
struct ReadmeTests {
    @Test("the README's table is the loader's own")
    func table() throws {
        let readme = try text("README.md")
        let begin = try #require(readme.firstRange(of: "<!-- configuration:begin -->\n"))
        let end = try #require(readme.firstRange(of: "<!-- configuration:end -->"))
        #expect(readme[begin.upperBound..<end.lowerBound] == ConfigurationReference.markdown)
    }

    @Test("the sample configuration has no problem but its files, which are not here")
    func sample() throws {
        let file = root.appendingPathComponent("deploy/config.yaml").path
        do {
            _ = try WorkerConfiguration.load(file: file, environment: [:])
        } catch let error as ConfigurationError {
            let others = error.problems.filter { problem in
                !"\(problem)".contains("/etc/copy-worker/") && !"\(problem)".contains("/var/lib/copy-worker")
            }
            #expect(others.isEmpty, "\(others)")
        }
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    private var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }
}
