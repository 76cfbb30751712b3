import Synchronization

/// Resumes a continuation with the first of several answers.
final class FirstAnswer<Answer: Sendable>: Sendable {
    private enum State {
        case waiting(CheckedContinuation<Answer, Never>?)
        case answered(Answer?)
    }

    private let state = Mutex(State.waiting(nil))

    /// - Returns: whether this answer was the first.
    @discardableResult
    func give(_ answer: Answer) -> Bool {
        let (isFirst, continuation) = state.withLock { state -> (Bool, CheckedContinuation<Answer, Never>?) in
            switch state {
            case .waiting(let continuation):
                state = .answered(continuation == nil ? answer : nil)
                return (true, continuation)
            case .answered:
                return (false, nil)
            }
        }
        continuation?.resume(returning: answer)
        return isFirst
    }

    /// Called once.
    func value() async -> Answer {
        await withCheckedContinuation { continuation in
            let early = state.withLock { state -> Answer? in
                switch state {
                case .waiting:
                    state = .waiting(continuation)
                    return nil
                case .answered(let answer):
                    return answer
                }
            }
            if let early { continuation.resume(returning: early) }
        }
    }
}
