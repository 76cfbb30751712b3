import CopyDomain

/// Takes secrets out of what Azure says before anybody sees it.
struct Redaction: Sendable {
    /// Longest first, so that a secret inside a longer one does not leave the rest behind. As bytes: to String a text is
    /// another one when a combining mark stands behind it.
    private let secrets: [[UInt8]]

    /// - Parameter secrets: keys and tokens that the call knew. What is shorter than four characters is no secret.
    init(_ secrets: [Secret]) {
        var texts: [String] = []
        for secret in secrets {
            let text = secret.reveal()
            texts += [text, PercentEncoding.encode(text)] + ImportToken.signatures(of: secret)
        }
        self.secrets = texts.filter { $0.utf8.count >= 4 }.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
            .map { Array($0.utf8) }
    }

    /// One line of at most `limit` characters, without secrets and control characters.
    func clean(_ text: String, limit: Int) -> String {
        var bytes = Array(text.utf8)
        for secret in secrets { bytes.replace(secret, with: Array("***".utf8)) }
        let cleaned = String(decoding: bytes, as: UTF8.self)
        let line = String(String.UnicodeScalarView(cleaned.unicodeScalars.map { isControl($0) ? " " : $0 }))
        return line.count <= limit ? line : line.prefix(limit - 1) + "…"
    }

    private func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
