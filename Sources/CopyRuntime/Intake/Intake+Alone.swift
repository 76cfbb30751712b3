import CopyDomain
import CopyJournal
import Logging

/// Requests whose workers died again and again: each runs with nothing beside it for a while, so that one more death
/// convicts the one that causes it and spares its neighbours.
extension Intake {
    /// How long the others have to make room.
    private static let clearing: Duration = .seconds(60)
    /// Who has lived so long has done no harm.
    private static let trial: Duration = .seconds(10)

    func driveAlone(_ run: Run, _ grant: Grant) async -> Run.End {
        let lease = grant.lease
        guard lane.enter(lease.id) else { return .handedBack(.noRoom) }
        gate.close()
        registry.isolate(lease.id)
        defer { endIsolation(of: lease.id) }
        logger.warning(
            "the workers of a request died again and again: it runs alone, and nothing else begins meanwhile",
            metadata: [LogKey.request: "\(lease.id.rawValue)", LogKey.deaths: "\(grant.deaths.total)"]
        )
        guard await isAlone() else {
            logger.log(
                level: quietInDrain(.warning),
                "the others did not make room for a request that has to run alone within \(Self.clearing.inSeconds)",
                metadata: [LogKey.request: "\(lease.id.rawValue)"]
            )
            return .handedBack(.noRoom)
        }
        guard case .success(.held) = try? await engine.journal.attempt({ try await $0.confine(lease) }) else {
            return .handedBack(.noRoom)
        }
        return await withTaskGroup(of: Run.End?.self) { group in
            group.addTask {
                var run = run
                return await run.drive(isNew: grant.isNew)
            }
            group.addTask {
                guard (try? await engine.surroundings.sleep(Self.trial)) != nil else { return nil }
                // Who has been in every death so far may only be slow to kill: it stays alone to its end.
                guard grant.deaths.total < OwnerDeaths.notorious else { return nil }
                await acquit(lease)
                endIsolation(of: lease.id)
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

    private func isAlone() async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await registry.waitUntilAlone()
                return !Task.isCancelled
            }
            group.addTask {
                try? await engine.surroundings.sleep(Self.clearing)
                return false
            }
            let isAlone = await group.next() ?? false
            group.cancelAll()
            return isAlone
        }
    }

    private func acquit(_ lease: Lease) async {
        guard case .held = try? await engine.journal.ask({ try await $0.acquit(lease) }) else { return }
        logger.notice(
            "a request has lived alone for \(Self.trial.inSeconds) and is acquitted",
            metadata: [LogKey.request: "\(lease.id.rawValue)"]
        )
    }

    private func endIsolation(of id: RequestID) {
        guard lane.leave(id) else { return }
        registry.endIsolation()
        gate.open()
        logger.notice(
            "no request runs alone any more: others may begin",
            metadata: [LogKey.request: "\(id.rawValue)"]
        )
    }
}

extension OwnerDeaths {
    /// So many deaths in a row make a request suspicious.
    static let suspicious = 3
    /// So many deaths in all keep a suspicious request alone to its end.
    static let notorious = 9
}
