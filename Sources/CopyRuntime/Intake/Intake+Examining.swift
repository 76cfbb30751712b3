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
            try await putOff(delivery, nil, because: "another worker looks at the message")
            return nil
        case .fatal:
            try await convict(delivery, fingerprint)
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

    /// A worker was gone while it looked. Once may be chance, and the message may be of a request that is under way.
    private func convict(_ delivery: Delivery, _ fingerprint: String) async throws {
        let looks = Republication.fatalLooks(of: delivery.message) + 1
        guard looks < Self.convictingLooks else {
            await settled(delivery) { try await refuse(delivery, Self.killer) }
            return await examined(fingerprint)
        }
        logger.warning(
            "a worker was gone while it looked at a message that came back again and again; it is looked at once more",
            metadata: [
                LogKey.fingerprint: "\(fingerprint)", LogKey.deliveries: "\(delivery.deaths)",
                LogKey.queue: "\(delivery.queue)",
            ]
        )
        await examined(fingerprint)
        let headers = delivery.deathHeaders.filter { $0.0 != CarriedHeader.fatalLooks }
        try await outbox.send(
            delivery,
            to: delivery.queue,
            headers: AMQPTable(headers + [(CarriedHeader.fatalLooks, .integer(looks))])
        )
        acknowledge(delivery)
    }

    /// So many looks that nobody came back from convict a message.
    private static let convictingLooks: Int64 = 2

    private static var killer: Rejection {
        Rejection(
            .poisonMessage,
            "\(Delivery.suspiciousDeaths) workers or more were gone before they had understood the message, "
                + "the last two while they looked at nothing else"
        )
    }

    private func examined(_ fingerprint: String) async {
        // Asked for until it is done: a note that stays convicts the message when its looker is gone one day.
        _ = try? await engine.journal.ask { try await $0.examined(fingerprint) }
    }
}

extension Delivery {
    /// So many deliveries that came to nothing make a message suspicious.
    static let suspiciousDeaths: Int64 = 3
    private static let most: Int64 = 1_000_000

    /// How often the broker has counted that this message came back.
    var deliveryCount: Int64 { min(max(message.headers[CarriedHeader.deliveryCount]?.number ?? 0, 0), Self.most) }

    /// How often the message came back, as this message and as those it was before.
    var deaths: Int64 { min(deliveryCount + Republication.deaths(of: message), Self.most) }

    var isSuspicious: Bool { deaths >= Self.suspiciousDeaths }

    /// What a message that nobody has claimed carries on.
    var deathHeaders: [(String, AMQPValue)] {
        [(CarriedHeader.deaths, deaths), (CarriedHeader.fatalLooks, Republication.fatalLooks(of: message))]
            .filter { $0.1 > 0 }
            .map { ($0.0, .integer($0.1)) }
    }

    /// The same for the same body, everywhere.
    var fingerprint: String { Fingerprint.of(message.body) }
}
