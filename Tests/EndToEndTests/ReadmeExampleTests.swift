import Foundation
import Testing

@Suite("README's example in Python")
struct ReadmeExampleTests {
    @Test("publishes a request, watches its progress and reads its outcome from a running worker")
    func python() async throws {
        try await World.with { world in
            let worker = try world.startWorker("worker")
            let script = world.folder.appending(path: "example.py")
            try example(in: world).write(to: script, atomically: true, encoding: .utf8)
            let isReady = await eventually(within: .seconds(30)) { worker.log.contains("health is served") }
            #expect(isReady)
            // The example's queues have to stand: the worker declares them when it has connected.
            _ = await eventually(within: .seconds(30)) { await world.broker.has(queue: "copy.requests") }

            let result = try await python(script, uri: world.broker.uri)
            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.contains("succeeded"))
            #expect(result.output.contains("the copy is"))
            #expect(result.output.contains("in target-0"))
            let report = try await world.admin.report()
            #expect(report["finishedTargets"].elements.count == 1)
            await worker.killAndWait()
        }
    }

    /// The code block as it stands in the README, with the names of this world's resources.
    private func example(in world: World) throws -> String {
        let readme = try String(contentsOf: Repository.root.appending(path: "README.md"), encoding: .utf8)
        let begin = try #require(readme.range(of: "<!-- example:python -->\n```python\n"))
        let end = try #require(readme.range(of: "\n```\n", range: begin.upperBound..<readme.endIndex))
        let code = String(readme[begin.upperBound..<end.lowerBound])
        #expect(code.contains("invoices-westus2"))
        return code.replacing("invoices-westus2", with: World.source(0))
            .replacing("eccc3f13-8289-4020-ba16-9f1d1374e96f", with: World.model(0, of: 0))
            .replacing("invoices-eastus", with: World.target(0))
    }

    private func python(_ script: URL, uri: String) async throws -> (status: Int32, output: String) {
        let output = script.deletingLastPathComponent().appending(path: "example.out")
        try Data().write(to: output)
        let process = Process()
        // Debian's own, for which python3-pika is installed.
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [script.path]
        process.environment = ["AMQP_URL": uri, "PATH": "/usr/bin:/bin"]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try process.run()
        let hasEnded = await eventually(within: .seconds(60)) { !process.isRunning }
        if !hasEnded { process.terminate() }
        process.waitUntilExit()
        return (process.terminationStatus, (try? String(contentsOf: output, encoding: .utf8)) ?? "")
    }
}

enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
