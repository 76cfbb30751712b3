import Foundation

extension World {
    typealias Ending = (status: Int32, output: String)

    /// Runs `copyctl` to its end.
    func copyctl(_ arguments: [String]) async throws -> Ending {
        try await Self.end(
            of: ProgramUnderTest(
                "copyctl",
                arguments: arguments + ["--broker", broker.uriWithoutPassword],
                environment: ["COPYCTL_PASSWORD": broker.password],
                logFile: folder.appending(path: "copyctl-\(UUID().uuidString).out")
            )
        )
    }

    static func end(of program: ProgramUnderTest) async -> Ending {
        let hasEnded = await program.waitForExit(within: .seconds(90))
        if !hasEnded { await program.killAndWait() }
        return (hasEnded ? program.exitCode ?? -1 : -1, program.log)
    }
}
