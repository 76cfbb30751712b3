import ArgumentParser
import CommandLineClient
import CopyContract
import CopyDomain
import Foundation

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Sends copy requests, and waits for their outcomes if asked to.",
        discussion: """
            A request is made of options, or read from a file ('-' is standard input): one JSON object, or one in \
            each line. What has no id gets one. The ids of what was sent are printed, one a line.

            Sending the same request again does no harm: it joins the copy that runs, or has its outcome published \
            once more.

            EXAMPLES
              copyctl submit --kind document-model --source invoices-westus2 \\
                --source-id eccc3f13-8289-4020-ba16-9f1d1374e96f \\
                --target invoices-eastus --wait
              copyctl submit --kind vision-project --source shelves-dev \\
                --source-name Shelves --target shelves-prod --deadline 2h --wait
              copyctl submit --kind document-model --source invoices-westus2 \\
                --source-id invoices --target invoices-eastus --api-version 2024-11-30 --check
              copyctl submit requests.jsonl --wait
              echo '{"kind":"document-model",…}' | copyctl submit -
            """
    )

    @Argument(help: ArgumentHelp("JSON: one request, or one a line. '-' is standard input.", valueName: "file"))
    var file: String?

    @OptionGroup(title: "Request")
    var request: RequestOptions

    @OptionGroup(title: "Raw messages")
    var rawMessage: RawOptions

    @Option(name: PoolOptions.requestsQueueNames, help: ArgumentHelp("The queue of requests.", valueName: "name"))
    var requestsQueue = "copy.requests"

    @Flag(help: "Show how the copies get on, and end with the last outcome; the exit status tells.")
    var wait = false

    @Flag(
        help: "Only find out whether the copy would be begun: is the source ready, has the target room, is the id free."
    )
    var check = false

    @Flag(help: "With --wait: print the events as JSON, one a line.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Give up after this time, e.g. 90s, 30m, 2h. Default: 30s, with --check 6m, with --wait 4h.",
            valueName: "duration"
        ),
        transform: duration(of:)
    )
    var timeout: Duration?

    @OptionGroup(title: "Broker")
    var broker: BrokerOptions

    func validate() throws {
        if json && !waits { throw ValidationError("--json goes with --wait or --check") }
        if check && rawMessage.raw { throw ValidationError("--raw sends a file as it is; leave --check out") }
        if file != nil && !request.isEmpty && !rawMessage.raw {
            throw ValidationError("give a file or the request's options, not both")
        }
        if file == nil && request.isEmpty {
            throw ValidationError("give a file, '-' for standard input, or --kind, --source and --target")
        }
        if rawMessage.raw && file == nil { throw ValidationError("--raw sends a file; name one") }
        if !rawMessage.raw && !rawMessage.isEmpty {
            throw ValidationError("--content-type, --content-encoding and --header go with --raw")
        }
    }

    func run() async throws {
        let submissions: [Submission]
        do throws(SubmissionError) {
            submissions = try read()
        } catch {
            Terminal.complain("copyctl: \(error)\n")
            throw CommandStatus.usage.asError
        }
        var options = Submit.Options(
            timeout: timeout ?? (check ? .seconds(360) : wait ? .seconds(4 * 3600) : .seconds(30))
        )
        options.queue = requestsQueue
        options.wait = waits ? (json ? .json : Terminal.canRedraw ? .live : .plain) : nil
        let output = Submit.Output(
            print: { Terminal.print($0) },
            complain: { Terminal.complain("copyctl: \($0)\n") },
            size: { Terminal.size }
        )
        let status = await Submit(submissions, options, broker: try broker.access(), output: output).run()
        if status != .success { throw status.asError }
    }

    /// A check is for its answer.
    private var waits: Bool { wait || check }

    private func read() throws(SubmissionError) -> [Submission] {
        if rawMessage.raw, let file {
            return [rawMessage.submission(of: try Terminal.read(file), id: request.id)]
        }
        let reader = SubmissionReader(makesChecks: check) { UUID().uuidString.lowercased() }
        guard let file else {
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            return [try reader.read(request.draft(now: now))]
        }
        return try reader.read(try Terminal.read(file), from: file == "-" ? "standard input" : file)
    }
}
