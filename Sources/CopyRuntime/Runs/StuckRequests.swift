import CopyDomain
import Synchronization

/// Requests that do not get on as things are, for readiness and the log. Whoever is not seen here for a while may have
/// got on elsewhere and is forgotten.
final class StuckRequests: Sendable {
    private static let memory: Duration = .seconds(900)
    private static let most = 1000
    /// So many are named.
    private static let named = 5

    private struct Stuck {
        let reason: String
        var seen: Duration
    }

    private let requests = Mutex<[RequestID: Stuck]>([:])
    private let uptime: @Sendable () -> Duration

    init(uptime: @escaping @Sendable () -> Duration) {
        self.uptime = uptime
    }

    /// - Returns: whether this is news.
    func note(_ id: RequestID, _ reason: String) -> Bool {
        let now = uptime()
        return requests.withLock { requests in
            let isNews = requests[id]?.reason != reason
            if isNews {
                requests = requests.filter { now - $0.value.seen < Self.memory }
                guard requests.count < Self.most else { return false }
            }
            requests[id] = Stuck(reason: reason, seen: now)
            return isNews
        }
    }

    func forget(_ id: RequestID) {
        requests.withLock { _ = $0.removeValue(forKey: id) }
    }

    var notes: [String] {
        let now = uptime()
        let present = requests.withLock { $0.filter { now - $0.value.seen < Self.memory } }
            .sorted { $0.key.rawValue < $1.key.rawValue }
        let more = present.count - Self.named
        return present.prefix(Self.named).map { "\($0.key.rawValue): does not get on: \($0.value.reason)" }
            + (more > 0 ? ["\(more) more requests do not get on"] : [])
    }
}
