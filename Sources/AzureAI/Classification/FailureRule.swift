import CopyDomain

/// One row of the classification table: which answers it is about, and what they say.
struct FailureRule: Sendable {
    /// What an answer says about the call itself.
    enum Fate: Sendable {
        case refused
        case notDone
        /// Reads were not done; whether a call with a side effect was done is not known.
        case openIfEffect
    }

    /// `nil`: all calls.
    let calls: [CallKind]?
    let statuses: ClosedRange<Int>
    /// Any of these as the code or the innermost code; `nil`: whatever the code is, or none.
    let codes: [String]?
    let code: FailureCode
    let fate: Fate

    init(_ calls: [CallKind]?, _ statuses: ClosedRange<Int>, _ codes: [String]?, _ code: FailureCode, _ fate: Fate) {
        self.calls = calls
        self.statuses = statuses
        self.codes = codes
        self.code = code
        self.fate = fate
    }

    func applies(to kind: CallKind, status: Int, error: AzureErrorBody) -> Bool {
        statuses.contains(status) && calls?.contains(kind) != false
            && codes?.contains { $0 == error.code || $0 == error.innerCode } != false
    }
}
