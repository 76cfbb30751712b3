import Foundation
import Testing

@Suite("The programs at a terminal")
struct ProgramsTests {
    private struct Command: Sendable {
        let name: String
        let arguments: [String]
        let status: Int32
        let says: String
    }

    @Test("copyctl submit --wait: the exit status tells the outcome")
    func submit() async throws {
        try await World.with { world in
            let worker = try world.startWorker("worker")
            _ = await eventually(within: .seconds(30)) { await world.broker.has(queue: "copy.requests") }
            try await world.admin.post("/faults", ["call": "copy", "fault": "copyFails", "match": "fails"])
            let model = ["--kind", "document-model", "--source", "source-0", "--target", "target-0"]
            let commands = [
                Command(
                    name: "succeeds",
                    arguments: model + ["--id", "good", "--source-id", World.model(0, of: 0), "--wait"],
                    status: 0,
                    says: "succeeded"
                ),
                Command(
                    name: "fails",
                    arguments: model + ["--id", "fails", "--source-id", World.model(1, of: 0), "--wait"],
                    status: 1,
                    says: "fails  failed"
                ),
                Command(
                    name: "is refused",
                    arguments: [
                        "--kind", "document-model", "--source", "source-0", "--target", "source-1", "--source-id", "m",
                        "--wait",
                    ],
                    status: 3,
                    says: "route_not_allowed"
                ),
                Command(name: "is no request", arguments: ["--kind", "nothing"], status: 2, says: "kind"),
                Command(
                    name: "finds no queue",
                    arguments: model + ["--source-id", "m", "--requests-queue", "copy.nowhere"],
                    status: 3,
                    says: "copy.nowhere"
                ),
            ]
            for command in commands {
                let result = try await world.copyctl(["submit"] + command.arguments)
                #expect(result.status == command.status, "\(command.name): \(result.output)")
                #expect(result.output.contains(command.says), "\(command.name): \(result.output)")
                #expect(!result.output.contains(world.broker.password))
            }
            await worker.killAndWait()
        }
    }

    @Test("copy-worker check: all is well, then everything that is wrong at once")
    func check() async throws {
        try await World.with { world in
            let good = await World.end(of: try world.startProgram("copy-worker", ["check"]))
            #expect(good.status == 0, "\(good.output)")
            #expect(good.output.contains("no journal yet"), "\(good.output)")
            #expect(!FileManager.default.fileExists(atPath: world.journalFile.path))
            #expect(good.output.contains("target-1"))
            for resource in world.resources.values {
                #expect(!good.output.contains(resource["key"].string ?? "?"))
            }
            #expect(!good.output.contains(world.broker.password))

            let worker = try world.startWorker("worker")
            let isReady = await eventually(within: .seconds(60)) { await worker.readiness()?.isReady == true }
            try #require(isReady, "\(worker.log)")
            let beside = await World.end(of: try world.startProgram("copy-worker", ["check"]))
            #expect(beside.status == 0 && beside.output.contains("it names this journal"), "\(beside.output)")
            #expect(await worker.readiness()?.isReady == true)
            worker.signal(SIGTERM)
            await worker.waitForExit(within: .seconds(30))

            await world.emulator.killAndWait()
            let bad = await World.end(of: try world.startProgram("copy-worker", ["check"]))
            #expect(bad.status != 0)
            for resource in world.resources.keys {
                let isNamed = bad.output.split(separator: "\n").contains { line in
                    line.hasPrefix("FAILED") && line.contains(resource)
                }
                #expect(isNamed, "\(resource)")
            }

            // All pages but the first become noise.
            let size = try #require(
                try FileManager.default.attributesOfItem(atPath: world.journalFile.path)[.size] as? Int
            )
            let file = try FileHandle(forUpdating: world.journalFile)
            try file.seek(toOffset: 4096)
            try file.write(contentsOf: Data((4096..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }))
            try file.close()
            let damaged = await World.end(of: try world.startProgram("copy-worker", ["check"]))
            let isToldOf = damaged.output.split(separator: "\n").contains { line in
                line.hasPrefix("FAILED   journal") && line.contains("damaged")
            }
            #expect(damaged.status != 0 && isToldOf, "\(damaged.output)")

            let wrong = await World.end(
                of: try world.startProgram("copy-worker", ["check"], adding: "nonsense: 1\nwhatever: 2\n")
            )
            #expect(wrong.status != 0)
            #expect(wrong.output.contains("nonsense"))
            #expect(wrong.output.contains("whatever"))
        }
    }
}
