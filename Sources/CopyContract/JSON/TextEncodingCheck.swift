/// Tells whether bytes are UTF-8 without a byte order mark, and if not, what they look like.
enum TextEncodingCheck {
    static func run(_ bytes: [UInt8]) throws(JSONSyntaxError) {
        if let guess = foreignEncoding(bytes) {
            throw JSONSyntaxError(.notUTF8, guess, offset: 0, in: bytes)
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let offset = error.byteOffsets.lowerBound
            throw JSONSyntaxError(.notUTF8, "byte \(offset) begins no valid UTF-8 sequence", offset: offset, in: bytes)
        }
    }

    private static func foreignEncoding(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return "the text begins with a byte order mark" }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            return "the text is UTF-32"
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "the text is UTF-16" }
        // JSON begins with an ASCII character, so a zero among the first two bytes is half of a wider one.
        if bytes.count > 1, bytes[0] == 0 || bytes[1] == 0 { return "the text looks like UTF-16 or UTF-32" }
        return nil
    }
}
