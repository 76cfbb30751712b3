package import CopyDomain

/// What the engine itself can be told.
package struct WorkerSettings: Sendable {
    /// How many requests run at once in this process.
    package var slots = 400
    /// Time from one poll of a copy to the next, at least.
    package var pollPeriod: Duration = .seconds(1)
    /// For requests without a deadline of their own.
    package var deadlines: [CopyKind: Duration] = [
        .documentModel: .seconds(3600), .documentClassifier: .seconds(3600), .visionProject: .seconds(3 * 3600),
    ]
    /// For checks without a deadline of their own.
    package var checkDeadline: Duration = .seconds(300)
    package var limits = MachineLimits()
    /// How old an intent may be when its call reaches the socket.
    package var sendBefore: Duration = .seconds(5)
    /// How long a request that names an unknown resource is kept before it is rejected, so that a pool can be
    /// reconfigured while it runs.
    package var unknownResourceGrace: Duration = .seconds(300)
    /// How long running calls are given to end when the worker drains.
    package var drainCalls: Duration = .seconds(15)
    /// How often the owner says that it lives.
    package var livenessPeriod: Duration = .seconds(2)
    /// How long a delivery is held before its message is handed back: well below the half hour after which the broker
    /// takes it away.
    package var holdLimit: Duration = .seconds(12 * 60)
    /// The part of the hold limit by which it is more or less.
    package var holdSpread = 0.2
    /// How often the janitor looks for what is due.
    package var janitorPeriod: Duration = .seconds(60)
    /// How often the journal's generation is raised while workers live: a copy of the journal that is older than this
    /// is told from the journal itself.
    package var generationPeriod: Duration = .seconds(600)
    /// How long an ended request's outcome is kept for republishing.
    package var retention: Duration = .seconds(30 * 24 * 3600)
    /// The `source` of every event: a URI of the pool, never a host.
    package var eventSource = "urn:azure-copy-worker"
    /// `reply-to` values that get the outcome as well: exact names, or a prefix that ends in `*`.
    package var replyToPatterns = ["amq.rabbitmq.reply-to*", "amq.gen-*"]
    package var names = BrokerNames()

    package init() {}
}

/// The names of queues and exchanges; all can be configured.
package struct BrokerNames: Hashable, Sendable {
    package var requests = "copy.requests"
    package var resume = "copy.resume"
    /// For what will not take long.
    package var retry = "copy.retry.10s"
    /// For trouble that does not pass.
    package var longRetry = "copy.retry.5m"
    package var commands = "copy.commands"
    package var dead = "copy.dead"
    package var parking = "copy.parking"
    package var results = "copy.results"
    package var unroutedResults = "copy.results.unrouted"
    package var progress = "copy.progress"
    /// Which journal the workers of these queues share.
    package var journal = "copy.journal"

    package init() {}
}
