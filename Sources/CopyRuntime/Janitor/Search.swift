import CopyDomain
import CopyJournal
import Logging

/// Looks for requests that were accepted and have no message any more: their queue was deleted or purged while their
/// workers died, or the broker was put back to an older copy. Each is sent a new one.
///
/// That a message is lost cannot be seen, only that none has come by for long, while this worker took whatever there
/// was. One too many is harmless: claims are by id.
struct Search: Sendable {
    /// At most so many requests are sent a message in a round.
    private static let round = 100

    let engine: Engine
    let outbox: Outbox
    let gate: IntakeGate
    let slots: Slots
    /// Whether deliveries come.
    let isConsuming: @Sendable () -> Bool
    /// Since when this worker has taken what comes.
    private var takingSince: Duration?

    init(
        engine: Engine,
        outbox: Outbox,
        gate: IntakeGate,
        slots: Slots,
        isConsuming: @escaping @Sendable () -> Bool
    ) {
        self.engine = engine
        self.outbox = outbox
        self.gate = gate
        self.slots = slots
        self.isConsuming = isConsuming
    }

    /// A message that is there comes by at least once in half of this.
    private var period: Duration { engine.settings.holdLimit * 2 }

    /// Whether all messages have come by that there were when the broker was last away.
    var hasSeenAll: Bool {
        guard isConsuming(), let takingSince else { return false }
        return engine.surroundings.uptime() - takingSince >= period
    }

    /// Looks once, unless messages may still be on their way to this worker.
    mutating func go() async {
        guard isConsuming(), gate.isOpen else { return pause() }
        takingSince = takingSince ?? engine.surroundings.uptime()
        // Whoever waits for a slot with what is under way has more of it behind him, in the queue.
        guard hasSeenAll, !slots.isWaiting(.resumed) else { return }
        let period = period
        let answer = try? await engine.journal.attempt { try await $0.takeStranded(for: period, limit: Self.round) }
        guard let stranded = try? answer?.get() else { return }
        for request in stranded {
            guard await outbox.send(request, to: engine.settings.names.resume) else { return }
            engine.logger.warning(
                "no message of an accepted request has come by for long: it was sent a new one",
                metadata: [LogKey.request: "\(request.id.rawValue)"]
            )
        }
    }

    /// Messages may pile up from now on without coming to this worker.
    mutating func pause() { takingSince = nil }
}
