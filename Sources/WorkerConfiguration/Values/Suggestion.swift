/// Finds the word that somebody may have meant.
enum Suggestion {
    /// The nearest of the words, if it is near: at most a third of its characters differ, or one begins with the other.
    static func nearest(to word: String, among words: [String]) -> String? {
        let beginnings = words.filter {
            min($0.count, word.count) >= 3 && ($0.hasPrefix(word) || word.hasPrefix($0))
        }
        if beginnings.count == 1 { return beginnings.first }
        let ranked = words.map { (word: $0, distance: distance(Array(word.lowercased()), Array($0.lowercased()))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(1, best.word.count / 3)
        else { return nil }
        return best.word
    }

    /// Levenshtein's: insertions, deletions and replacements.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (character == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
