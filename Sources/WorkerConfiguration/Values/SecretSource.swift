import CopyDomain
import Foundation

/// Where a secret is kept: an environment variable, or a file that is read anew each time, so that a rotated secret is
/// picked up.
enum SecretSource: Sendable {
    case variable(name: String, value: Secret)
    case file(String)

    /// Without white space around it.
    func read() throws(SecretSourceError) -> Secret {
        let place: String
        let text: String
        switch self {
        case .variable(let name, let value):
            place = "the environment variable \(name)"
            text = value.reveal()
        case .file(let path):
            place = "the file \(path)"
            guard let data = FileManager.default.contents(atPath: path) else {
                throw SecretSourceError("\(place) cannot be read")
            }
            guard data.count <= Self.sizeLimit else {
                throw SecretSourceError("\(place) has \(data.count) bytes: that is no key")
            }
            text = String(decoding: data, as: UTF8.self)
        }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw SecretSourceError("\(place) is empty") }
        // What else stands in a header would end it, or is refused by the service anyway.
        guard trimmed.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw SecretSourceError("\(place) holds white space or characters beyond ASCII: that is no key")
        }
        return Secret(trimmed)
    }

    private static let sizeLimit = 16 * 1024
}

/// Why a secret is not to be had; without the secret.
struct SecretSourceError: Error, Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
