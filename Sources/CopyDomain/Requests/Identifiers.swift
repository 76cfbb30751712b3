/// The idempotency key of a copy request: 1 to 128 of `A-Za-z0-9._~:/@+-`.
package struct RequestID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        guard ItemID.isValid(rawValue) else { return nil }
        self.rawValue = rawValue
    }
}

/// The id of a model or project in Azure: 1 to 128 of `A-Za-z0-9._~:/@+-`.
package struct ItemID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        guard Self.isValid(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Whether a caller may choose it for a copy: 2 to 64 of `A-Za-z0-9._~-`, a letter or digit first, and none of
    /// Microsoft's own `prebuilt-` names (azure-copy-apis.md 2.1).
    package var isChoosable: Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        let others = [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "-")]
        return (2...64).contains(rawValue.utf8.count) && rawValue.utf8.first.map(isAlphanumeric) ?? false
            && rawValue.utf8.allSatisfy { isAlphanumeric($0) || others.contains($0) }
            && !rawValue.lowercased().hasPrefix("prebuilt-")
    }

    static func isValid(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: "/"),
                    UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// The name of a resource in the worker's configuration: 1 to 63 of `a-z0-9-`.
package struct ResourceName: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let isValid =
            (1...63).contains(rawValue.utf8.count)
            && rawValue.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
        guard isValid else { return nil }
        self.rawValue = rawValue
    }

    package static func < (left: ResourceName, right: ResourceName) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension RequestID: Codable {}
extension ItemID: Codable {}
extension ResourceName: Codable {}
