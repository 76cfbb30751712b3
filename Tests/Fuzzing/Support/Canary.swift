import CopyDomain

/// Secrets that no error, event or log line may show.
enum Canary {
    static let sourceKey = "canary-source-key-0123456789"
    static let targetKey = "canary-target-key-0123456789"
    static let copyToken = "canary-copy-token-0123456789"
    static let signature = "canary%2Bsignature%2F0123456789%3D"
    static let importToken =
        "https://store.blob.core.windows.net/export/project?sv=2017-04-17&sr=b&sig=\(signature)"
        + "&se=2026-12-01T16%3A31%3A44Z&sp=r"
    static let clientSecret = "canary-client-secret-0123456789"
    static let password = "canary-password"

    /// By bytes: text that ends in a combining mark equals no other to Swift, but a person reads it.
    static func isShown(_ secret: String, in text: String) -> Bool {
        isPart(Array(secret.utf8), of: Array(text.utf8))
    }

    static func isPart(_ part: [UInt8], of bytes: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= bytes.count else { return false }
        return (0...(bytes.count - part.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + part.count)].elementsEqual(part)
        }
    }

    static func require(_ secrets: [String], hiddenIn text: String, _ what: String) {
        for secret in secrets {
            holds(!isShown(secret, in: text), "\(what) shows a secret: \(text)")
        }
    }
}
