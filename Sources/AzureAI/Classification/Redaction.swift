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
        for secret in secrets where contains(bytes, secret) { bytes.replace(secret, with: Array("***".utf8)) }
        if bytes.count <= limit, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        let cleaned = String(decoding: bytes, as: UTF8.self)
        let line = String(String.UnicodeScalarView(cleaned.unicodeScalars.map { isControl($0) ? " " : $0 }))
        return line.count <= limit ? line : line.prefix(limit - 1) + "…"
    }

    /// Nearly no text has a secret in it: this is much faster than to replace nothing.
    private func contains(_ bytes: [UInt8], _ secret: [UInt8]) -> Bool {
        var rest = bytes[...]
        while rest.count >= secret.count, let start = rest.firstIndex(of: secret[0]) {
            rest = rest[start...]
            if rest.starts(with: secret) { return true }
            rest.removeFirst()
        }
        return false
    }

    private func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
