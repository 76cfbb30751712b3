/// A binding key of a topic exchange: words between dots, `*` for one word, `#` for any number of them.
struct TopicPattern {
    private let words: [Substring]

    init(_ pattern: String) {
        words = Self.words(of: pattern)
    }

    func matches(_ routingKey: String) -> Bool {
        Self.matches(words[...], Self.words(of: routingKey)[...])
    }

    /// An empty key has no words; one of a single dot has two empty ones.
    private static func words(of key: String) -> [Substring] {
        key.isEmpty ? [] : key.split(separator: ".", omittingEmptySubsequences: false)
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
