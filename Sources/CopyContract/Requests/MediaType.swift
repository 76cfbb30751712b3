/// A content type, e.g. `application/json; charset=utf-8`.
struct MediaType: Hashable, Sendable {
    /// Type and subtype in lower case.
    let essence: String
    /// In lower case, without quotation marks.
    let charset: String?

    /// `nil` for what has not the form of a content type.
    init?(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { Self.trimmed($0) }
        guard let first = parts.first, first.split(separator: "/", omittingEmptySubsequences: false).count == 2 else {
            return nil
        }
        essence = first.lowercased()
        var charset: String?
        for parameter in parts.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1).map { Self.trimmed($0) }
            if pair.count == 2, pair[0].lowercased() == "charset" {
                charset = pair[1].filter { $0 != "\"" }.lowercased()
            }
        }
        self.charset = charset
    }

    /// Without a charset JSON is UTF-8, and all ASCII is.
    var isUTF8: Bool { charset.map(["utf-8", "utf8", "us-ascii"].contains) ?? true }

    private static func trimmed(_ text: Substring) -> Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = text.drop(while: isSpace)
        let trailing = start.reversed().prefix(while: isSpace).count
        return start.dropLast(trailing)
    }
}
