import ArgumentParser
import WorkerConfiguration
import WorkerHouse

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says what the configuration means and whether everything in it can be reached.",
        discussion: """
            Prints the effective configuration without secrets, then looks through the whole journal, asks whether \
            it is the one that the workers of the queue share, tries every broker node with its topology, and every \
            resource with its key or token, and lists all that is wrong. Changes nothing on the broker and nothing \
            in Azure, and begins no journal; one of an earlier version is brought to this version's schema. Ends \
            with 0 if a worker could start and work.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load()
        print(configuration.effective())
        for warning in configuration.warnings { print("warning  \(warning)") }
        for file in configuration.exposedSecretFiles() {
            print("warning  \(file): every user of this machine may read the secret in it\n    -> chmod o-r \(file)")
        }
        var isGood = true
        for finding in await Inspection(configuration).findings() {
            let verdict = finding.trouble == nil ? "ok     " : "FAILED "
            print("\(verdict)  \(finding.subject)\(finding.trouble.map { ": \($0)" } ?? "")")
            isGood = isGood && finding.trouble == nil
        }
        guard isGood else { throw ExitCode.failure }
    }
}
