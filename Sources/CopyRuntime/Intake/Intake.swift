import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Takes deliveries, decides what each is, and runs what is to be run here.
struct Intake: Sendable {
    let engine: Engine
    let catalogue: ResourceCatalogue
    let consumer: AMQPConsumer
    let outbox: Outbox
    let watch: JournalWatch
    let registry: RunRegistry
    let pendingReleases: PendingReleases
    let slots: Slots
    let gate: IntakeGate
    let load: ResourceLoad
    let holds: HoldWatch
    /// One message that was delivered too often is looked at at a time.
    let examinations: Slots
    /// One request runs alone at a time.
    let lane: LoneLane
    /// A few of those that may have killed their workers run at a time.
    let dock: Dock
    let owner: OwnerID
    let currentEpoch: CurrentEpoch
    let stuck: StuckRequests
    let logger: Logger

    var names: BrokerNames { engine.settings.names }

    /// Runs until the consumer has stopped and every delivery it brought is dealt with.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await holds.run { await takeAway($0, from: $1) } }
            for await event in consumer.events {
                switch event {
                case .active(let epoch, _):
                    currentEpoch.set(epoch)
                case .lost(let epoch, _):
                    currentEpoch.end(epoch)
                    registry.forgetDeliveries(through: epoch)
                    holds.forget(through: epoch)
                case .delivered(let delivery):
                    group.addTask { await handle(delivery) }
                case .stopped:
                    // Nothing more comes: every run stops between two steps and hands its request back.
                    group.cancelAll()
                    return
                }
            }
            group.cancelAll()
        }
    }

    private func handle(_ delivery: Delivery) async {
        let control = RunControl()
        holds.enter(delivery, control)
        do {
            try await deal(with: delivery, control)
        } catch let rejection as Rejection {
            await settled(delivery) { try await refuse(delivery, rejection) }
        } catch let error as JournalError {
            await settled(delivery) {
                if let format = error.otherFormat { return try await leave(delivery, toReadersOf: format) }
                return try await refuse(delivery, error.rejection)
            }
        } catch {
            await settled(delivery) { try await giveBack(delivery) }
        }
    }

    private func deal(with delivery: Delivery, _ control: RunControl) async throws {
        // The broker never gets to its limit: connections may be lost as often as they like.
        guard delivery.deliveryCount < BrokerNames.deliveryLimit / 2 else { return try await renew(delivery) }
        // Whoever runs alone answers for a death: no message is looked at meanwhile.
        while lane.isOccupied { try await control.waiting { try await gate.pass() } }
        if !watch.standing.isOpen { try await control.waiting { try await watch.standing.pass() } }
        switch delivery.queue {
        case names.commands:
            try await examining(delivery, control) { try await control.waiting { try await obey(delivery) } }
        case _ where !watch.shared.owns(delivery.journal): try await putOffForeign(delivery)
        case names.dead:
            try await examining(delivery, control) { try await control.waiting { try await revive(delivery) } }
        default: try await take(delivery, control)
        }
    }
}

extension Intake {
    /// Tells the journal that this process holds nothing any more.
    func retire() async {
        let owner = owner
        _ = try? await engine.journal.attempt { try await $0.retire(owner) }
    }
}
