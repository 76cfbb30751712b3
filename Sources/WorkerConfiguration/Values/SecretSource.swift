import CopyDomain
import Foundation

/// Where a secret is kept: an environment variable, or a file that is read anew each time, so that a rotated secret is
/// picked up.
enum SecretSource: Sendable {
    case variable(name: String, value: Secret)
    case file(String)

    /// What may stand in a secret.
    enum Form: Sendable {
        /// Of Azure: printable ASCII; white space around it is left out.
        case key
        /// Of the broker: anything; a line end after it is left out.
        case password
    }

    func read(as form: Form) throws(SecretSourceError) -> Secret {
        let secret: String
        switch form {
        case .key: secret = try text().trimmingCharacters(in: .whitespacesAndNewlines)
        case .password:
            let text = try text()
            secret = text.hasSuffix("\r\n") || text.hasSuffix("\n") ? String(text.dropLast()) : text
        }
        guard !secret.isEmpty else { throw SecretSourceError("\(place) is empty") }
        let isAllowed =
            switch form {
            // What else stands in a header would end it, or is refused by the service anyway.
            case .key: secret.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
            case .password: !secret.utf8.contains(0)
            }
        guard isAllowed else {
            throw SecretSourceError("\(place) holds characters that no \(form == .key ? "key" : "password") has")
        }
        return Secret(secret)
    }

    private func text() throws(SecretSourceError) -> String {
        switch self {
        case .variable(_, let value): return value.reveal()
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw SecretSourceError("\(place) cannot be read")
            }
            guard data.count <= Self.sizeLimit else {
                throw SecretSourceError("\(place) has \(data.count) bytes: that is no secret")
            }
            return String(decoding: data, as: UTF8.self)
        }
    }

    /// Who writes the secret itself where its place belongs must not read it in a log: a name or a path is only shown
    /// when it looks like one.
    private var place: String {
        switch self {
        case .variable(let name, _): Self.place(ofVariable: name)
        case .file(let path): path.contains("/") ? "the file \(path)" : "the file of that name"
        }
    }

    static func place(ofVariable name: String) -> String {
        let looksLikeName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return looksLikeName && name.utf8.count <= 64
            ? "the environment variable \(name)" : "the environment variable of that name"
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
