import AMQP
import AzureAI
import CopyDomain
import CopyJournal
import Foundation

@testable import CopyRuntime

/// What a journal gives back: written by this software, but perhaps damaged or edited since.
///
/// The first byte says what it is taken for.
enum CheckpointHarness: Harness {
    static let name = "checkpoints"

    static func run(_ input: [UInt8]) {
        let body = Data(input.dropFirst())
        switch input.first {
        case UInt8(ascii: "o"): outcome(body)
        case UInt8(ascii: "i"):
            guard let identity = JournalIdentity(wire: Array(input.dropFirst())) else {
                return Tally.count("unreadable")
            }
            Tally.count("identities")
            holds(JournalIdentity(wire: identity.wire) == identity, "another journal")
            holds(identity.generation(beyond: identity.generation) >= identity.generation, "an older generation")
        case UInt8(ascii: "b"):
            if roundTrip(Obligation.self, body) != nil { Tally.count("obligations") }
            if roundTrip(LearnedFact.self, body) != nil { Tally.count("facts") }
        default:
            guard let checkpoint = roundTrip(Checkpoint.self, body) else { return Tally.count("unreadable") }
            Tally.count("checkpoints")
            _ = checkpoint.isUntouched(checkpoint.machine.plan)
            drive(checkpoint.machine)
        }
    }

    private static func roundTrip<Value: Codable & Equatable>(_ type: Value.Type, _ body: Data) -> Value? {
        guard let value = try? JSONDecoder().decode(type, from: body) else { return nil }
        let again = mustWork("storing it again") {
            try JSONDecoder().decode(type, from: try JSONEncoder().encode(value))
        }
        holds(again == value, "it is another after it was stored again: \(value)")
        return value
    }

    private static func outcome(_ body: Data) {
        guard let outcome = roundTrip(StoredOutcome.self, body) else { return Tally.count("unreadable") }
        Tally.count("outcomes")
        let message = outcome.message(to: "copy.results")
        holds(message.message.body == outcome.body && message.message == outcome.message(to: "").message, "other bytes")
    }

    /// A machine that was read goes on to its end, whatever it remembers.
    private static func drive(_ first: CopyMachine) {
        // The plan freezes the endpoints: where its calls go is what the journal says.
        let http = ScriptedAzure([], hosts: [:])
        let (logger, _) = LogBook.logger()
        let client = World.client(http, logger: logger)
        var machine = first
        var now = machine.plan.acceptedAt
        var action = machine.receive(.resumed, at: now)
        for step in 0..<24 {
            if step == 8 { machine.withdrawIntent() }
            var event: MachineEvent<CopyAnswer>
            switch action {
            case .finish: return Tally.count("finished")
            case .ask(let call), .perform(let call), .poll(let call):
                let (plan, asked) = (machine.plan, call)
                let result = waiting { await client.send(asked, plan: plan, permit: Permit(), sendBefore: nil) }
                guard case .failed(let failure) = result else { violated("an answer from nobody") }
                event = .failed(failure)
            case .wait(let wait):
                now = now + wait.duration
                event = .elapsed
            case .reserve:
                event = .reserved
            }
            if step == 12 { event = .deadlineReached }
            if step == 16 { event = .cancelRequested }
            action = machine.receive(event, at: now)
        }
        Tally.count("driven")
    }
}
