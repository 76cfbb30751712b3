/// A binding key of a topic exchange: words between dots, `*` for one word, `#` for any number of them.
struct TopicPattern {
    private let words: [Substring]

    init(_ pattern: String) {
        words = pattern.split(separator: ".", omittingEmptySubsequences: false)
    }

    func matches(_ routingKey: String) -> Bool {
        Self.matches(words[...], routingKey.split(separator: ".", omittingEmptySubsequences: false)[...])
    }

    private static func matches(_ pattern: ArraySlice<Substring>, _ words: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return words.isEmpty }
        let rest = pattern.dropFirst()
        if first == "#" {
            return matches(rest, words) || !words.isEmpty && matches(pattern, words.dropFirst())
        }
        guard let word = words.first else { return false }
        return (first == "*" || first == word) && matches(rest, words.dropFirst())
    }
}
