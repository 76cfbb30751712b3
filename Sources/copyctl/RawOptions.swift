import ArgumentParser
import CommandLineClient
import CopyContract

/// Sending bytes as they are, to see what the workers make of them.
struct RawOptions: ParsableArguments {
    @Flag(help: "Send the file's bytes unchecked as one message; --id is its message-id.")
    var raw = false

    @Option(help: ArgumentHelp("With --raw: the content type.", valueName: "type"))
    var contentType: String?

    @Option(help: ArgumentHelp("With --raw: the content encoding.", valueName: "encoding"))
    var contentEncoding: String?

    @Option(
        name: .customLong("header"),
        help: ArgumentHelp(
            "With --raw: a header, e.g. cloudEvents_id=1; may be given several times.",
            valueName: "name=value"
        )
    )
    var headers: [String] = []

    var isEmpty: Bool { contentType == nil && contentEncoding == nil && headers.isEmpty }

    func validate() throws {
        for header in headers where !header.dropFirst().contains("=") {
            throw ValidationError("--header \"\(header)\": write it as name=value")
        }
    }

    func submission(of body: [UInt8], id: String?) -> Submission {
        let pairs = headers.map { header in
            let parts = header.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
        }
        let message = IncomingMessage(
            body: body,
            contentType: contentType,
            contentEncoding: contentEncoding,
            messageID: id,
            headers: pairs
        )
        return Submission(raw: message)
    }
}
