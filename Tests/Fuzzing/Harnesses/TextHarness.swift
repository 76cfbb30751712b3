import CopyDomain
import Foundation

@testable import AMQP
@testable import AzureAI
@testable import CopyContract

/// Small texts from outside: dates, URIs, percent-encoding, tokens, content types. The first byte says which.
enum TextHarness: Harness {
    static let name = "texts"

    static func run(_ input: [UInt8]) {
        let text = String(decoding: input.dropFirst(), as: UTF8.self)
        switch input.first {
        case UInt8(ascii: "d"): date(text)
        case UInt8(ascii: "u"): brokerURI(text)
        case UInt8(ascii: "e"): location(text)
        case UInt8(ascii: "p"): percent(text)
        case UInt8(ascii: "m"): _ = MediaType(text)
        case UInt8(ascii: "r"): redaction(text)
        default: break
        }
    }

    private static func date(_ text: String) {
        let strict = Timestamp(rfc3339: text)
        let service = ServiceDate.timestamp(iso8601: text)
        if let strict {
            Tally.count("dates")
            if (-62_135_596_800_000...253_402_300_799_999).contains(strict.milliseconds) {
                holds(Timestamp(rfc3339: strict.rfc3339) == strict, "\(strict.rfc3339) is another moment")
            }
        }
        if let strict, let service { holds(strict == service, "two readings of \(text)") }
        if let moment = ServiceDate.timestamp(httpDate: text) {
            Tally.count("httpDates")
            _ = moment.rfc3339
        }
        for (asked, sent) in [(text, "Sat, 21 Nov 2026 12:00:00 GMT"), ("Sat, 21 Nov 2026 12:00:00 GMT", text)] {
            let answer = HTTPResponse(status: 429, headers: [("retry-after", asked), ("date", sent)], body: [])
            if let pause = RetryAfter.pause(asked: answer, now: World.noon) {
                Tally.count("pauses")
                holds(pause >= .zero && pause <= RetryAfter.limit, "a pause of \(pause)")
            }
        }
    }

    private static func brokerURI(_ text: String) {
        do {
            let endpoint = try AMQPEndpoint(uri: text, tls: TLSSettings(), settings: ConnectionSettings())
            Tally.count("brokers")
            holds(!endpoint.host.utf8.contains(0) && !endpoint.user.utf8.contains(0), "a NUL in a C string")
            holds(endpoint.port > 0 && endpoint.virtualHost.utf8.count <= 255, "no port or virtual host: \(endpoint)")
            let password = mustWork("the password") { try endpoint.password() }
            // Unless the text names it in other places too.
            let open = endpoint.host + endpoint.user + endpoint.virtualHost
            if password.contains(Canary.password), !open.contains(Canary.password) {
                holds(!AMQPURITexts.shown(endpoint).contains(Canary.password), "the password is shown: \(endpoint)")
            }
        } catch {
            Tally.count("refusedURIs")
            // Before the last @ and behind the first colon of a URI stands a password.
            guard let end = text.lastIndex(of: "@"), let colon = text[..<end].firstIndex(of: ":"),
                text[colon..<end].contains(":" + Canary.password),
                text.ranges(of: Canary.password).count == 1
            else { return }
            holds(!"\(error)".contains(Canary.password), "the password is shown: \(error)")
        }
    }

    private static func location(_ text: String) {
        let home = World.required(Endpoint("https://\(World.targetHost)"))
        guard let path = home.pathAndQuery(of: text) else { return Tally.count("foreign") }
        Tally.count("followed")
        let url = home.origin + path
        holds(URLComponents(string: url)?.host == World.targetHost, "leads elsewhere: \(url)")
        let isRelative = text.hasPrefix("/")
        let isOwn = URLComponents(string: text)?.host?.lowercased() == (isRelative ? nil : World.targetHost)
        holds(isOwn, "is another's: \(text)")
    }

    private static func percent(_ text: String) {
        holds(PercentEncoding.decode(PercentEncoding.encode(text)) == text, "another text after decoding")
        if let plain = PercentEncoding.decode(text) {
            Tally.count("decoded")
            _ = plain
        }
        if let segment = PercentEncoding.pathSegment(text) {
            holds(!segment.contains("/") && segment != "." && segment != "..", "leaves its segment: \(segment)")
        }
        let token = Secret(text)
        _ = ImportToken.expiration(of: token)
        if !ImportToken.signatures(of: token).isEmpty { Tally.count("signatures") }
    }

    /// What Azure says, with secrets in it.
    private static func redaction(_ text: String) {
        let secrets = [Canary.sourceKey, Canary.copyToken]
        let said = Redaction(secrets.map { Secret($0) }).clean(text, limit: 500)
        holds(!Printable.hasControls(said) && said.count <= 500, "breaks its line: \(said)")
        if secrets.contains(where: { Canary.isShown($0, in: text) }) { Tally.count("redacted") }
        Canary.require(secrets, hiddenIn: said, "a cleaned text")
    }

    private enum AMQPURITexts {
        /// All but what stands before the @, which may hold a user of the same name.
        static func shown(_ endpoint: AMQPEndpoint) -> String {
            let text = "\(endpoint)"
            return text.lastIndex(of: "@").map { String(text[$0...]) } ?? text
        }
    }
}
