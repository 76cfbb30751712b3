import AMQP

/// Tells people once per outage that the broker is out of reach, from what a command's clients say of themselves.
struct Outage: Sendable {
    private let broker: BrokerAccess
    /// Of each client, the failures up to when all were connected last.
    private var failuresBefore: [Int] = []
    private var isTold = false

    init(of broker: BrokerAccess) {
        self.broker = broker
    }

    /// What to tell now. A client has to have failed at every node: until then the next may let it in.
    mutating func notice(_ clients: [AMQPStatus]) -> String? {
        let failures = clients.map(\.counters.connectFailures)
        if failuresBefore.isEmpty { failuresBefore = failures.map { _ in 0 } }
        if clients.allSatisfy({ $0.phase != .connecting }) {
            failuresBefore = failures
            isTold = false
        }
        let failed = zip(failures, failuresBefore).contains { $0 - $1 >= broker.endpoints.count }
        guard !isTold, failed, let trouble = broker.trouble(clients) else { return nil }
        isTold = true
        return "\(trouble); trying again"
    }
}

extension BrokerAccess {
    /// Why a client has no connection; `nil` when all have one.
    func trouble(_ clients: [AMQPStatus]) -> String? {
        guard let client = clients.first(where: { $0.phase == .connecting && $0.node == nil }) else { return nil }
        let nodes = endpoints.map { "\($0.host.contains(":") ? "[\($0.host)]" : $0.host):\($0.port)" }
        let why = client.lastError?.message ?? "no answer yet"
        return "cannot reach \(nodes.joined(separator: ", ")): \(why)"
    }

    /// Looks at the clients from time to time, until the task is cancelled.
    func watchOutages(of clients: @Sendable () -> [AMQPStatus], tell: @Sendable (String) -> Void) async {
        var outage = Outage(of: self)
        while (try? await clock.sleep(for: .milliseconds(500))) != nil {
            if let notice = outage.notice(clients()) { tell(notice) }
        }
    }
}
