import CopyDomain
import Synchronization

/// How many requests are under way per resource in this process, so that no resource takes every slot.
final class ResourceLoad: Sendable {
    private let counts = Mutex<[ResourceName: Int]>([:])
    private let limit: @Sendable (ResourceName) -> Int

    init(limit: @escaping @Sendable (ResourceName) -> Int) {
        self.limit = limit
    }

    /// Counts the plan's resources, unless one of them is full.
    func tryEnter(_ plan: CopyPlan) -> Bool {
        let resources = Set([plan.source.name, plan.target.name])
        return counts.withLock { counts in
            guard resources.allSatisfy({ counts[$0, default: 0] < limit($0) }) else { return false }
            for resource in resources { counts[resource, default: 0] += 1 }
            return true
        }
    }

    /// Counts the plan's resources in any case: for what is under way already.
    func enter(_ plan: CopyPlan) {
        counts.withLock { counts in
            for resource in Set([plan.source.name, plan.target.name]) { counts[resource, default: 0] += 1 }
        }
    }

    func leave(_ plan: CopyPlan) {
        counts.withLock { counts in
            for resource in Set([plan.source.name, plan.target.name]) { counts[resource, default: 1] -= 1 }
        }
    }
}
