import CopyDomain
import CopyJournal
import Logging

/// What a run tells the journal.
extension Run {
    /// - Returns: whether the request is still ours.
    mutating func save(isForced: Bool = false) async throws -> Bool {
        noteProgress()
        let checkpoint = Checkpoint(machine: machine, sequence: sequence, context: context)
        guard isForced || checkpoint != saved else { return true }
        let lease = lease
        // Until it is answered nobody knows what the journal holds.
        saved = nil
        guard try await engine.journal.ask({ try await $0.save(checkpoint, for: lease) }) == .held else { return false }
        saved = checkpoint
        knownIDs = machine.targetIDs
        return true
    }

    mutating func finish(_ conclusion: Conclusion) async throws -> End {
        let outcome = engine.events.outcome(
            conclusion,
            plan: plan,
            run: lease.run,
            sequence: next(),
            context: context,
            startedAt: startedAt,
            finishedAt: engine.surroundings.now()
        )
        let checkpoint = Checkpoint(machine: machine, sequence: sequence, context: context)
        let lease = lease
        switch try await engine.journal.ask({ try await $0.finish(outcome, checkpoint: checkpoint, for: lease) }) {
        case .ended(let stored):
            logger.notice("request ended", metadata: [LogKey.outcome: "\(stored.event)"])
            return .ended(stored)
        case .fenced:
            return try await fenced()
        }
    }

    /// Keeps what only this process knows: ids that an answer named after the request was lost to another worker.
    func fenced() async throws -> End {
        logger.warning("another worker has taken the request over; this run stops")
        let lease = lease
        for id in machine.targetIDs where !knownIDs.contains(id) {
            guard let subject = subject(of: id) else { continue }
            let fact = LearnedFact.made(subject, resource: plan.target.name)
            _ = try await engine.journal.ask { try await $0.learned(fact, for: lease) }
        }
        return .fenced
    }

    /// `nil` where the request itself chose the id, so that its new owner knows it.
    private func subject(of id: String) -> ObligationSubject? {
        switch plan.request.apiVersion.family {
        case .formRecognizer: .model(id: id)
        case .documentIntelligence: nil
        case .customVision: .project(id: id)
        }
    }
}
