import CopyContract
import CopyDomain
import Simulation

extension PublishedOutcome {
    /// `nil`: none that the matrix knows.
    var ending: Cell.Ending? {
        switch event {
        case "succeeded": isAlreadyThere ? .alreadyThere : .copied
        case "failed": code.flatMap(FailureCode.init(rawValue:)).map(Cell.Ending.failed)
        case "rejected": code.flatMap(RejectionCode.init(rawValue:)).map(Cell.Ending.refused)
        case _: nil
        }
    }
}
