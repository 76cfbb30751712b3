import CopyDomain
import CopyJournal
import Logging

/// Requests that are gravely suspected: each runs with nothing beside it for a while, so that one more death speaks
/// against the one that causes it and spares its neighbours.
extension Intake {
    /// How long the others have to make room.
    private static let clearing: Duration = .seconds(60)
    /// Who has lived so long alone has done no harm.
    private static let loneTrial: Duration = .seconds(10)

    func driveAlone(_ run: Run, _ grant: Grant) async -> Run.End {
        let lease = grant.lease
        guard lane.enter(lease.id, at: engine.surroundings.uptime()) else { return .handedBack(.noRoom) }
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
        return await drive(run, grant, trial: Self.loneTrial) { endIsolation(of: lease.id) }
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

    /// In this order: whoever passes the gate next finds the lane free, and whoever takes the lane next keeps its
    /// isolation.
    private func endIsolation(of id: RequestID) {
        registry.endIsolation(of: id)
        guard lane.leave(id, at: engine.surroundings.uptime()) else { return }
        gate.open()
        logger.notice(
            "no request runs alone any more: others may begin",
            metadata: [LogKey.request: "\(id.rawValue)"]
        )
    }
}
