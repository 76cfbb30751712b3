import AMQP
import CopyContract
import CopyJournal
import Logging

/// Messages that were delivered again and again without anybody claiming their request: one of them may kill whoever
/// looks at it.
extension Intake {
    /// Does with the delivery what is to be done, under the eyes of the journal if the delivery is suspicious. A worker
    /// that dies of it convicts it.
    ///
    /// - Returns: `nil` also when the delivery is dealt with because it may not be looked at here and now.
    func examining<Result: Sendable>(
        _ delivery: Delivery,
        _ control: RunControl,
        _ work: () async throws -> Result?
    ) async throws -> Result? {
        guard delivery.isSuspicious else { return try await work() }
        try await control.waiting { try await examinations.enter(.new) }
        defer { examinations.leave() }
        let fingerprint = delivery.fingerprint
        let owner = owner
        let ruling = try await control.waiting {
            try await engine.journal.ask { try await $0.examine(fingerprint, owner: owner) }
        }
        switch ruling {
        case .elsewhere:
            try await putOff(delivery)
            return nil
        case .fatal:
            await settled(delivery) { try await refuse(delivery, Self.killer) }
            await examined(fingerprint)
            return nil
        case .open:
            do {
                let result = try await work()
                await examined(fingerprint)
                return result
            } catch {
                await examined(fingerprint)
                throw error
            }
        }
    }

    private static var killer: Rejection {
        Rejection(
            .killedWorker,
            "\(Delivery.suspiciousDeaths) workers or more were gone before they had understood the message, "
                + "the last one while it looked at nothing else"
        )
    }

    private func examined(_ fingerprint: String) async {
        _ = try? await engine.journal.attempt { try await $0.examined(fingerprint) }
    }
}

extension Delivery {
    /// So many deliveries that came to nothing make a message suspicious.
    static let suspiciousDeaths: Int64 = 3
    private static let most: Int64 = 1_000_000

    /// How often the broker has counted that this message came back.
    var deliveryCount: Int64 { min(max(message.headers["x-delivery-count"]?.number ?? 0, 0), Self.most) }

    /// How often the message came back, as this message and as those it was before.
    var deaths: Int64 { min(deliveryCount + Republication.deaths(of: message), Self.most) }

    var isSuspicious: Bool { deaths >= Self.suspiciousDeaths }

    /// What a message that nobody has claimed carries on.
    var deathHeaders: [(String, AMQPValue)] {
        deaths == 0 ? [] : [(Republication.deaths, .integer(deaths))]
    }

    /// The same for the same body, everywhere.
    var fingerprint: String { Fingerprint.of(message.body) }
}
