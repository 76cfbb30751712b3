import CopyDomain

/// When an obligation that has been looked at is to be looked at next, and whether only a person can decide, in one
/// column: negated if so. Versions that know no such sign take it for a look that is due at once; they themselves write
/// no next look where a person is needed.
struct StoredLook {
    let moment: Timestamp
    let needsPerson: Bool

    init(_ moment: Timestamp, needsPerson: Bool) {
        // What is not after 1970 would lose its sign.
        self.moment = needsPerson ? Timestamp(milliseconds: max(1, moment.milliseconds)) : moment
        self.needsPerson = needsPerson
    }

    /// - Parameter due: when an obligation is to be looked at that has no next look.
    init(column: Int64?, due: Timestamp) {
        guard let column else {
            self.init(due, needsPerson: true)
            return
        }
        let needsPerson = column < 0
        self.init(Timestamp(milliseconds: Int64(clamping: column.magnitude)), needsPerson: needsPerson)
    }

    var column: Int64 { needsPerson ? -moment.milliseconds : moment.milliseconds }
}
