/// The query of a URL, decoded when it is asked for.
struct Query: Sendable {
    private let text: Substring

    init(_ text: Substring) {
        self.text = text
    }

    /// The first value of `name`, given in lower case; the query's own letter case does not matter.
    subscript(_ name: String) -> String? {
        for item in text.utf8.split(separator: UInt8(ascii: "&")) {
            let end = item.firstIndex(of: UInt8(ascii: "=")) ?? item.endIndex
            guard PercentCoding.decode(Substring(item[..<end])).lowercased() == name else { continue }
            return PercentCoding.decode(Substring(item[end...].dropFirst()))
        }
        return nil
    }
}
