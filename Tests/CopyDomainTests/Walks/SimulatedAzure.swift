@testable import CopyDomain

/// A tiny Azure for random walks: it does what the facts say, and remembers what happened.
protocol SimulatedAzure {
    associatedtype Machine: TabledMachine

    /// The service's clock minus ours.
    var skew: Duration { get }

    /// Lets everything happen that is due by `now`.
    mutating func advance(to now: Timestamp)
    /// Carries a call out and answers it.
    mutating func serve(
        _ call: Machine.Call,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) -> Result<Machine.Answer, CallFailure>
    /// A call whose sender gave up before it arrived; it may still arrive.
    mutating func delay(_ call: Machine.Call, at now: Timestamp, using generator: inout SeededGenerator)
    /// Whether an answer to the call tells the fate of the lost one.
    func tells(_ call: Machine.Call, fateOf lost: Machine.Call) -> Bool
    /// Whether a call may be sent again with an open fate, because what the lost one made is owed.
    func mayRepeat(_ call: Machine.Call) -> Bool
    static func hasSideEffect(_ call: Machine.Call) -> Bool
    /// Pays a debt as the janitor does.
    mutating func pay(_ obligation: Obligation)
    /// What was made and is finished: ids in the order in which they were made.
    var finished: [String] { get }
    /// What is there that neither the run's success nor one of its debts explains.
    func unexplained(by obligations: [Obligation], targetID: String?) -> [String]
    /// What the run did not look at again after its target was finished, although it may have come back.
    func notLookedAt(beforeSuccessOf targetID: String) -> [String]
    /// Whether Azure called something a success that lacks a part of its source.
    func isIncomplete(_ targetID: String) -> Bool
    /// Things that must never happen, in words.
    var violations: [String] { get }
}

extension SimulatedAzure {
    func isIncomplete(_ targetID: String) -> Bool { false }
}
