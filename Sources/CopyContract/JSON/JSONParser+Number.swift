extension JSONParser {
    /// The literal of the number at the present position.
    mutating func number() throws(JSONSyntaxError) -> String {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let leadingZero = current == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0 else { throw malformed("a digit is missing in a number") }
        guard !leadingZero || whole == 1 else { throw malformed("a number begins with a superfluous zero", at: start) }
        if current == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw malformed("a digit is missing in a number") }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw malformed("a digit is missing in a number") }
        }
        guard position - start <= Self.numberLimit else {
            throw malformed("a number of more than \(Self.numberLimit) characters", at: start)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }
}
