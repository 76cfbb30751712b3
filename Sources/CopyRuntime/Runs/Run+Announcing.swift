import CopyDomain
import CopyJournal
import Logging

/// Events for those who watch. A number is taken before the save that keeps it, and published after: none is ever
/// given twice.
extension Run {
    struct Announcement: Equatable {
        let phase: Phase
        let azureStatus: String?
    }

    mutating func next() -> Int {
        sequence += 1
        return sequence
    }

    func announce(_ event: OutgoingEvent) {
        engine.feed.offer(event)
    }

    /// Takes a number for the coming progress event, if there is something to tell.
    mutating func noteProgress() {
        let now = Announcement(phase: machine.phase, azureStatus: machine.azureStatus)
        guard now != announced else { return }
        announced = now
        pendingProgress = next()
    }

    mutating func announceProgress() {
        guard let number = pendingProgress else { return }
        pendingProgress = nil
        logger.debug("progress", metadata: [LogKey.phase: "\(machine.phase.rawValue)"])
        announce(
            engine.events.progress(
                plan,
                run: lease.run,
                sequence: number,
                phase: machine.phase,
                azureStatus: machine.azureStatus,
                context: context
            )
        )
    }
}
