import Crypto

/// SHA-256 of a message's body, in hex.
package enum Fingerprint {
    package static func of(_ body: [UInt8]) -> String {
        SHA256.hash(data: body).map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
