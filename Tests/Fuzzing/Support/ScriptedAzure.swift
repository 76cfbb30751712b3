import AzureAI
import CopyDomain
import Foundation
import Logging
import Synchronization

/// Answers with what the input says, and holds each request against the rule that a key goes to its own host only.
final class ScriptedAzure: HTTPSending {
    private let answers: Mutex<ArraySlice<HTTPResponse>>
    /// Hosts by the secret that may go there.
    private let hosts: [String: String]

    init(_ answers: [HTTPResponse], hosts: [String: String]) {
        self.answers = Mutex(answers[...])
        self.hosts = hosts
    }

    var isOver: Bool { answers.withLock(\.isEmpty) }

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        check(request)
        guard let answer = answers.withLock({ $0.popFirst() }) else {
            throw HTTPSendingError(.noAnswer, "the input is over")
        }
        return answer
    }

    private func check(_ request: HTTPRequest) {
        Tally.count("requests")
        let url = request.url.reveal()
        // Another reading of URLs than our own.
        guard let host = URLComponents(string: url)?.host else { violated("a request without a host: \(url)") }
        for (secret, home) in hosts {
            let parts = request.headers.map { $0.value.reveal() } + [request.body?.reveal() ?? ""]
            guard parts.contains(where: { Canary.isShown(secret, in: $0) }) else { continue }
            holds(host == home, "a secret of \(home) goes to \(host)")
            holds(url.hasPrefix("https://\(home)/"), "the URL begins otherwise: \(url)")
        }
        for header in request.headers {
            holds(
                header.value.reveal().utf8.allSatisfy { (0x20...0x7e).contains($0) },
                "a header breaks its line: \(header.name)"
            )
        }
        holds(url.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "the URL is not visible ASCII: \(url)")
    }
}

extension HTTPResponse {
    init(_ part: InputText) {
        self.init(
            status: Int(part.title.prefix(3)).flatMap { (100...599).contains($0) ? $0 : nil } ?? 200,
            headers: part.fields,
            body: part.body
        )
    }
}

/// Keeps every log line, as a person would see it.
struct LogBook: LogHandler {
    final class Pages: Sendable {
        private let lines = Mutex("")

        var text: String { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0 += line + "\n" } }
    }

    let pages: Pages
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    static func logger() -> (Logger, Pages) {
        let pages = Pages()
        return (Logger(label: "fuzzing") { _ in LogBook(pages: pages) }, pages)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        pages.add("\(event.message) \(event.metadata ?? [:])")
    }
}
