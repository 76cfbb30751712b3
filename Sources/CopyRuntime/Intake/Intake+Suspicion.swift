import CopyDomain
import CopyJournal
import Logging

/// Requests whose workers died. Many requests share a death, and most of them had nothing to do with it: whoever lives
/// for a while is acquitted. Those whose workers die again and again run a few at a time beside the rest, then alone.
extension Intake {
    /// Who has lived so long beside others has done no harm.
    private static let trial: Duration = .seconds(30)
    /// Who has been in many deaths that came later than that may be slow to kill.
    private static let longTrial: Duration = .seconds(300)

    /// Runs the request as its deaths advise.
    func end(of run: Run, _ grant: Grant) async -> Run.End {
        switch grant.deaths.suspicion {
        case .none:
            var run = run
            return await run.drive(isNew: grant.isNew)
        case .slight: return await drive(run, grant, trial: Self.trial) {}
        case .grave(let share): return await drive(run, grant, inDock: share)
        case .graver: return await driveAlone(run, grant)
        case .proven:
            var run = run
            return await run.convict()
        }
    }

    private func drive(_ run: Run, _ grant: Grant, inDock share: Dock.Share) async -> Run.End {
        let id = grant.lease.id
        guard dock.enter(id, share) else { return .handedBack(.noRoom) }
        defer { dock.leave(id, share) }
        logger.notice(
            "the workers of a request died again and again: it runs with few of its like beside it",
            metadata: [LogKey.request: "\(id.rawValue)"]
        )
        return await drive(run, grant, trial: Self.trial) { dock.leave(id, share) }
    }

    /// - Parameter trial: how long the request has to live to be acquitted; longer for one that may be slow to kill.
    func drive(
        _ run: Run,
        _ grant: Grant,
        trial: Duration,
        acquitted: @escaping @Sendable () -> Void
    ) async -> Run.End {
        let trial = grant.deaths.mayBeSlow ? Self.longTrial : trial
        return await withTaskGroup(of: Run.End?.self) { group in
            group.addTask {
                var run = run
                return await run.drive(isNew: grant.isNew)
            }
            group.addTask {
                guard (try? await engine.surroundings.sleep(trial)) != nil else { return nil }
                if case .held = try? await engine.journal.ask({ try await $0.acquit(grant.lease) }) {
                    logger.notice(
                        "a request has lived for \(trial.inSeconds) since its worker died and is acquitted",
                        metadata: [LogKey.request: "\(grant.lease.id.rawValue)"]
                    )
                }
                acquitted()
                return nil
            }
            var end: Run.End?
            while let next = await group.next() {
                guard let next else { continue }
                end = next
                group.cancelAll()
            }
            return end ?? .handedBack(.drained)
        }
    }
}

extension OwnerDeaths {
    enum Suspicion: Equatable {
        case none
        /// Some deaths.
        case slight
        /// It may run with few of its like.
        case grave(Dock.Share)
        /// It has to run alone.
        case graver
        /// Its workers died while they ran nothing else.
        case proven
    }

    /// Once may be chance: a power cut, an operator.
    private static let proof = 2
    /// So many deaths, each long after the request had begun to run.
    private static let notorious = 9

    var suspicion: Suspicion {
        if alone >= Self.proof { return .proven }
        return switch recent {
        case ...0: .none
        case 1, 2: .slight
        case 3: .grave(.quarter)
        case 4: .grave(.sixteenth)
        case 5: .grave(.one)
        default: .graver
        }
    }

    /// Of the deaths before the last acquittal, each came after a trial was over.
    var mayBeSlow: Bool { total - recent >= Self.notorious }
}
