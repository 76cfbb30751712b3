/// Decimal numbers, without a fraction where there is none.
enum NumberText {
    static func parse(_ text: String) -> Double? {
        let allowed = text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
        }
        guard allowed, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    static func format(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }
}
