import CopyContract
import CopyDomain

/// What happens to a kind and version in a scenario.
struct Cell: Hashable, Sendable {
    /// How the request ends.
    enum Ending: Hashable, Sendable {
        case copied
        /// The target was there and is left as it is.
        case alreadyThere
        case failed(FailureCode)
        /// The message was refused: there is no request.
        case refused(RejectionCode)
    }

    let ending: Ending
    /// For people, in a few words.
    let words: String

    init(_ ending: Ending, _ words: String) {
        self.ending = ending
        self.words = words
    }
}

extension Cell.Ending: CustomStringConvertible {
    var description: String {
        switch self {
        case .copied: "copied"
        case .alreadyThere: "already there"
        case .failed(let code): "failed: \(code.rawValue)"
        case .refused(let code): "refused: \(code.rawValue)"
        }
    }
}
