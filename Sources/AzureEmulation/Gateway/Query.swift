/// The query of a URL, decoded when it is asked for.
struct Query: Sendable {
    private let text: Substring

    init(_ text: Substring) {
        self.text = text
    }

    /// The first value of `name`, given in lower case; the query's own letter case does not matter.
    subscript(_ name: String) -> String? {
        for item in text.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard PercentCoding.decode(parts[0]).lowercased() == name else { continue }
            return parts.count > 1 ? PercentCoding.decode(parts[1]) : ""
        }
        return nil
    }
}
