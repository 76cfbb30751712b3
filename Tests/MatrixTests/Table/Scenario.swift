/// What happens to a request: a column of the matrix.
enum Scenario: String, CaseIterable, Sendable {
    case copies
    case resumes = "the worker dies at any moment"
    case wrongRegion = "wrong region configured"
    case conflictFail = "target id taken, fail"
    case conflictSkip = "taken, skip"
    case conflictReplace = "taken, replace"
    case sourceMissing = "source missing"
    case failedCopy = "the copy fails each time"
    case throttled = "429 at each call"
    case lostAnswer = "lost answers"
}
