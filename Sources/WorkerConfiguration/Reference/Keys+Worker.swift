import CopyDomain
import CopyRuntime

extension Keys {
    enum Worker {
        static let slots = ConfigurationKey(
            "worker.slots",
            .wholeNumber(1...20_000),
            default: "\(engine.slots)",
            "how many copies run at once in this process"
        )
        static let pollPeriod = duration(
            "pollPeriod",
            engine.pollPeriod,
            .milliseconds(100) ... .seconds(60),
            "time from one poll of a copy to the next, at least"
        )
        static let drainCalls = duration(
            "drainCalls",
            engine.drainCalls,
            .milliseconds(500) ... .seconds(600),
            "how long running calls are given to end after SIGTERM; at least `worker.sendBefore`"
        )
        static let sendBefore = duration(
            "sendBefore",
            engine.sendBefore,
            .milliseconds(500) ... .seconds(30),
            "how old a saved intent may be when its call reaches the socket"
        )
        static let livenessPeriod = duration(
            "livenessPeriod",
            engine.livenessPeriod,
            .milliseconds(200) ... .seconds(60),
            "how often the worker says in the journal that it lives"
        )
        static let holdLimit = duration(
            "holdLimit",
            engine.holdLimit,
            .seconds(10) ... .seconds(20 * 60),
            "how long a message is held before it is handed back, a fifth more or less; less than the broker's "
                + "`consumer_timeout`, which is 30m"
        )
        static let unknownResourceGrace = duration(
            "unknownResourceGrace",
            engine.unknownResourceGrace,
            .zero ... .seconds(24 * 3600),
            "how long a request that names an unknown resource is kept before it is rejected"
        )
        static let retention = duration(
            "retention",
            engine.retention,
            .seconds(3600) ... .seconds(3650 * 86_400),
            "how long the outcome of an ended request is kept for republishing"
        )

        static let deadlines: [(kind: CopyKind, key: ConfigurationKey)] = CopyKind.allCases.map { kind in
            let standard = engine.deadlines[kind] ?? .seconds(3600)
            return (
                kind,
                duration(
                    "deadlines.\(kind.rawValue)",
                    standard,
                    .seconds(10) ... .seconds(30 * 86_400),
                    "time from the accept to the deadline of a request that names none"
                )
            )
        }

        static let checkDeadline = duration(
            "deadlines.check",
            engine.checkDeadline,
            .seconds(10) ... .seconds(24 * 3600),
            "the same for a check, of whatever kind"
        )

        static let all =
            [slots, pollPeriod, drainCalls, sendBefore, livenessPeriod, holdLimit, unknownResourceGrace, retention]
            + deadlines.map(\.key) + [checkDeadline] + Limits.all

        fileprivate static func duration(
            _ key: String,
            _ standard: Duration,
            _ range: ClosedRange<Duration>,
            _ meaning: String
        ) -> ConfigurationKey {
            ConfigurationKey("worker.\(key)", .duration(range), default: DurationText.format(standard), meaning)
        }
    }

    /// Of every machine; frozen into a request when it is accepted.
    enum Limits {
        private static let hours: ClosedRange<Duration> = .seconds(1) ... .seconds(24 * 3600)

        static let lostCopyWatch = limit(
            "lostCopyWatch",
            engine.limits.lostCopyWatch,
            "models and classifiers: how long the target of a copy whose answer was lost is watched"
        )
        static let lostStartSearch = limit(
            "lostStartSearch",
            engine.limits.lostStartSearch,
            "from API version 2022-08-31 on: how long the operation of a copy whose answer was lost is searched for"
        )
        static let lostImportWatch = limit(
            "lostImportWatch",
            engine.limits.lostImportWatch,
            "Custom Vision: how long a project may stay unseen after an import whose answer was lost"
        )
        static let importTime = limit(
            "importTime",
            engine.limits.importTime,
            "Custom Vision: how long one import may take"
        )
        static let grace = limit(
            "grace",
            engine.limits.grace,
            "how long a copy that cannot be cancelled is watched after its deadline or a cancel"
        )
        static let verification = limit(
            "verification",
            engine.limits.verification,
            "how long a finished target may take to become visible as ready"
        )
        static let attempts = ConfigurationKey(
            "worker.limits.attempts",
            .wholeNumber(1...10),
            default: "\(engine.limits.attempts)",
            "how often the side effect of a copy is begun, the first time included"
        )

        static let all = [lostCopyWatch, lostStartSearch, lostImportWatch, importTime, grace, verification, attempts]

        private static func limit(_ key: String, _ standard: Duration, _ meaning: String) -> ConfigurationKey {
            Worker.duration("limits.\(key)", standard, hours, meaning)
        }
    }
}
