import Foundation
import Testing

@testable import CopyDomain

/// What the machines have in common for a test.
protocol TalkingMachine: Codable, Equatable {
    associatedtype Answer: Sendable
    associatedtype Call: Hashable, Sendable

    var phase: Phase { get }
    var obligations: [Obligation] { get }
    var targetIDs: [String] { get }
    mutating func receive(_ event: MachineEvent<Answer>, at now: Timestamp) -> MachineAction<Call>
    mutating func withdrawIntent()
}

extension FormRecognizerMachine: TalkingMachine {}
extension DocumentIntelligenceMachine: TalkingMachine {}
extension CustomVisionMachine: TalkingMachine {}

/// One machine and a clock that moves only when told.
///
/// After each event the machine is stored and read again, so every state that a test passes through round-trips.
struct Conversation<Machine: TalkingMachine> {
    var machine: Machine
    var now = noon

    init(_ machine: Machine) {
        self.machine = machine
    }

    @discardableResult
    mutating func tell(_ event: MachineEvent<Machine.Answer>) -> MachineAction<Machine.Call> {
        let owed = machine.obligations
        let action = machine.receive(event, at: now)
        #expect(Array(machine.obligations.prefix(owed.count)) == owed, "obligations only grow")
        let again = stored(machine)
        #expect(again == machine, "the checkpoint round-trips")
        machine = again
        return action
    }

    @discardableResult
    mutating func answer(_ answer: Machine.Answer, date: Timestamp? = nil) -> MachineAction<Machine.Call> {
        tell(.answered(answer, serviceDate: date))
    }

    @discardableResult
    mutating func fail(
        _ fate: CallFate,
        _ code: FailureCode = .azureUnavailable,
        status: Int? = nil,
        azureCode: String? = nil
    ) -> MachineAction<Machine.Call> {
        tell(.failed(failure(fate, code, status: status, azureCode: azureCode)))
    }

    mutating func pass(_ duration: Duration) {
        now = now + duration
    }
}

/// The machine as a successor reads it from the journal.
func stored<Value: Codable>(_ value: Value) -> Value {
    do {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try JSONDecoder().decode(Value.self, from: encoder.encode(value))
    } catch {
        Issue.record(error)
        return value
    }
}

extension MachineAction {
    var conclusion: Conclusion? {
        if case .finish(let conclusion) = self { conclusion } else { nil }
    }

    var wait: Wait? {
        if case .wait(let wait) = self { wait } else { nil }
    }

    /// The side effect that is asked for.
    var performed: Call? {
        if case .perform(let call) = self { call } else { nil }
    }
}

extension Conclusion {
    var success: CopySuccess? {
        if case .succeeded(let success) = self { success } else { nil }
    }

    var failure: CopyFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }

    var cancellation: CopyCancellation? {
        if case .cancelled(let cancellation) = self { cancellation } else { nil }
    }

    var report: CheckReport? {
        if case .checked(let report) = self { report } else { nil }
    }

    var leftBehind: [ObligationSubject] {
        switch self {
        case .succeeded, .checked: []
        case .failed(let failure): failure.leftBehind.map(\.item)
        case .cancelled(let cancellation): cancellation.leftBehind.map(\.item)
        }
    }
}
