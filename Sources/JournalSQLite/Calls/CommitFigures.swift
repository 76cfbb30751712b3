/// How well writes share commits.
package struct CommitFigures: Hashable, Sendable {
    package private(set) var commits = 0
    package private(set) var writes = 0
    package private(set) var largestBatch = 0

    mutating func count(_ batch: Int) {
        commits += 1
        writes += batch
        largestBatch = max(largestBatch, batch)
    }
}
