/// Something that must hold whatever goes wrong, and is looked after by code apart from what it looks at.
package enum Checker: String, CaseIterable, Sendable {
    case oneOutcome = "one outcome"
    case sameBytes = "same bytes"
    case storedFirst = "outcome stored before it is published"
    case nothingLost = "nothing lost"
    case badInput = "bad input costs one message"
    case oneTarget = "one finished target"
    case trueOutcome = "outcome tells the truth"
    case nothingUnnamed = "nothing unnamed left in Azure"
    case authorizationOnce = "authorization used once"
    case sourceUntouched = "source untouched"
    case acknowledgedLast = "acknowledged last"
    case acknowledgedAtHome = "acknowledged on its own connection"
    case intentFirst = "intent before call"
    case sentInTime = "sent in time"
    case fencedIsSilent = "fenced worker is silent"
    case heldBriefly = "held briefly"
    case noSecrets = "no secrets"
    case pollPace = "pace of polls"
    case rest = "comes to rest"
    case workerLives = "worker lives"
    case noEscape = "no escape from the schedule"
}

/// A checker that fired.
package struct Violation: Hashable, Sendable, CustomStringConvertible {
    package let checker: Checker
    package let what: String
    package let at: Duration

    package var description: String { "\(checker.rawValue): \(what) (at \(at))" }
}
