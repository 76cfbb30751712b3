/// FNV-1a with 64 bits: the same in every process and every release, for names that a successor must find again.
struct StableHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init(_ parts: String...) {
        for part in parts {
            for byte in part.utf8 { combine(byte) }
            // A byte that UTF-8 never has keeps ("ab", "c") apart from ("a", "bc").
            combine(0xff)
        }
    }

    /// 16 lower-case hexadecimal digits.
    var hexadecimal: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
}
