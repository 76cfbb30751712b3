import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Commands: whoever takes one writes it into the journal, where the worker that runs the request, or the next one that
/// claims it, hears of it.
extension Intake {
    /// How long a command is held while the journal is away; then it goes to the end of its queue.
    private static let patience: Duration = .seconds(300)
    private static let pause: Duration = .seconds(5)

    func obey(_ delivery: Delivery) async throws {
        switch try CommandDecoder.decode(try incoming(delivery)) {
        case .cancel(let id): try await cancel(id, delivery)
        }
    }

    private func cancel(_ id: RequestID, _ delivery: Delivery) async throws {
        switch try await noted(id) {
        case .noted?:
            logger.notice("a request is to be cancelled", metadata: [LogKey.request: "\(id.rawValue)"])
            acknowledge(delivery)
        case .ended(let outcome, _)?:
            logger.info(
                "a request that has ended cannot be cancelled; its outcome is published once more",
                metadata: [LogKey.request: "\(id.rawValue)", LogKey.outcome: "\(outcome.event)"]
            )
            try await outbox.publish(outcome)
            await published(id, outcome)
            acknowledge(delivery)
        case nil:
            try await outbox.send(delivery, to: names.commands)
            acknowledge(delivery)
        }
    }

    /// - Returns: `nil` when the journal did not answer for so long that the command is better held by the broker.
    private func noted(_ id: RequestID) async throws -> Cancellation? {
        let end = engine.surroundings.uptime() + Self.patience
        while true {
            switch try await engine.journal.attempt({ try await $0.cancel(id) }) {
            case .success(let cancellation): return cancellation
            case .failure:
                guard engine.surroundings.uptime() < end else { return nil }
                try await engine.surroundings.sleep(Self.pause)
            }
        }
    }
}
