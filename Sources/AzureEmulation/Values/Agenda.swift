/// What falls due when; the earliest comes first.
struct Agenda<Item: Sendable>: Sendable {
    private var entries: [(due: Moment, item: Item)] = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ item: Item, due: Moment) {
        // Kept latest first, so that taking the earliest is taking the last.
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].due > due { low = middle + 1 } else { high = middle }
        }
        entries.insert((due, item), at: low)
    }

    /// Takes the earliest item that is due at `moment`.
    mutating func next(until moment: Moment) -> (due: Moment, item: Item)? {
        guard let last = entries.last, last.due <= moment else { return nil }
        return entries.removeLast()
    }
}
