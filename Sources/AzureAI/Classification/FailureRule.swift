import CopyDomain

/// One row of the classification table: which answers it is about, and what they say.
struct FailureRule: Sendable {
    /// How Azure said it.
    enum Occasion: Sendable {
        /// By an answer with one of these statuses.
        case answers(ClosedRange<Int>)
        /// By a copy or model that has failed, which is told with HTTP 200.
        case failedCopies
    }

    /// Which of the codes that an answer names at any depth the row goes by.
    enum Codes: Sendable {
        /// Whatever they are, or none.
        case any
        case named([String])
        /// Groups of codes that begin alike.
        case beginning([String])
    }

    /// What an answer says about the call itself.
    enum Fate: Sendable {
        case refused
        case notDone
        /// Reads were not done; whether a call with a side effect was done is not known.
        case openIfEffect
    }

    let occasion: Occasion
    let scope: FailureScope
    let codes: Codes
    /// Any of these, in lower case, is part of what the answer says; none: whatever it says.
    let texts: [String]
    let code: FailureCode
    let fate: Fate

    func applies(to kind: CallKind, _ event: FailureEvent, error: AzureErrorBody) -> Bool {
        scope.includes(kind) && applies(to: event) && applies(toCodesOf: error) && applies(toTextOf: error)
    }

    private func applies(to event: FailureEvent) -> Bool {
        switch (occasion, event) {
        case (.answers(let statuses), .answer(let status)): statuses.contains(status)
        case (.failedCopies, .failedCopy): true
        case (.answers, .failedCopy), (.failedCopies, .answer): false
        }
    }

    private func applies(toCodesOf error: AzureErrorBody) -> Bool {
        switch codes {
        case .any: true
        case .named(let names): error.codes.contains { names.contains($0) }
        case .beginning(let prefixes): error.codes.contains { code in prefixes.contains { code.hasPrefix($0) } }
        }
    }

    private func applies(toTextOf error: AzureErrorBody) -> Bool {
        guard !texts.isEmpty else { return true }
        guard let text = error.text?.lowercased() else { return false }
        return texts.contains { text.contains($0) }
    }
}

/// The calls that a row is about.
enum FailureScope: ExpressibleByArrayLiteral, Sendable {
    case all
    case family(CopyFamily)
    case calls([CallKind])

    init(arrayLiteral calls: CallKind...) {
        self = .calls(calls)
    }

    func includes(_ kind: CallKind) -> Bool {
        switch self {
        case .all: true
        case .family(let family): kind.family == family
        case .calls(let calls): calls.contains(kind)
        }
    }
}

/// What is to be classified.
enum FailureEvent: Hashable, Sendable {
    /// An answer with this status.
    case answer(Int)
    /// A copy or model that has failed, told with HTTP 200.
    case failedCopy
}
