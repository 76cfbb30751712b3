/// Timers by (due, number), soonest first: a binary heap whose cancelled entries are dropped when they come up.
struct TimerQueue<Action> {
    private struct Entry {
        let due: Duration
        let number: UInt64
    }

    private var heap: [Entry] = []
    private var actions: [UInt64: Action] = [:]
    private var lastNumber: UInt64 = 0

    /// A number for a timer that is about to be added.
    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    mutating func add(_ number: UInt64, due: Duration, _ action: Action) {
        actions[number] = action
        heap.append(Entry(due: due, number: number))
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard isSooner(index, parent) else { break }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    mutating func cancel(_ number: UInt64) -> Action? {
        actions.removeValue(forKey: number)
    }

    /// When the next timer is due.
    mutating func nextDue() -> Duration? {
        dropCancelled()
        return heap.first?.due
    }

    mutating func takeNext() -> (due: Duration, number: UInt64, action: Action)? {
        dropCancelled()
        guard let first = heap.first, let action = actions.removeValue(forKey: first.number) else { return nil }
        removeFirst()
        return (first.due, first.number, action)
    }

    private mutating func dropCancelled() {
        while let first = heap.first, actions[first.number] == nil { removeFirst() }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            var soonest = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && isSooner(child, soonest) {
                soonest = child
            }
            guard soonest != index else { return }
            heap.swapAt(index, soonest)
            index = soonest
        }
    }

    private func isSooner(_ left: Int, _ right: Int) -> Bool {
        let (left, right) = (heap[left], heap[right])
        return left.due < right.due || left.due == right.due && left.number < right.number
    }
}
