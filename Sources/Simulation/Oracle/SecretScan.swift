/// Looks for secrets in what was published and logged.
struct SecretScan {
    private static let width = 8

    /// Secrets by their first eight bytes.
    private var secrets: [UInt64: [[UInt8]]] = [:]
    /// Which of those there may be: most positions are passed over by this alone.
    private var filter = [UInt64](repeating: 0, count: 1024)

    /// Secrets of less than eight bytes cannot be told from other text and are not looked for.
    init(_ secrets: [String]) {
        for secret in secrets {
            let bytes = Array(secret.utf8)
            guard bytes.count >= Self.width else { continue }
            let start = bytes.prefix(Self.width).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            self.secrets[start, default: []].append(bytes)
            let slot = Self.slot(start)
            filter[slot >> 6] |= 1 << UInt64(slot & 63)
        }
    }

    private static func slot(_ start: UInt64) -> Int {
        Int(truncatingIfNeeded: (start &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }

    /// The first secret in the text.
    func find(in text: [UInt8]) -> String? {
        guard text.count >= Self.width else { return nil }
        var window: UInt64 = 0
        for end in text.indices {
            window = window << 8 | UInt64(text[end])
            guard end >= Self.width - 1 else { continue }
            let slot = Self.slot(window)
            guard filter[slot >> 6] & (1 << UInt64(slot & 63)) != 0, let candidates = secrets[window] else { continue }
            let rest = text[(end - Self.width + 1)...]
            for secret in candidates where rest.starts(with: secret) { return String(decoding: secret, as: UTF8.self) }
        }
        return nil
    }
}
