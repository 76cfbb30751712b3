import CopyRuntime

/// Every key of the configuration. Defaults that the engine has are taken from it.
enum Keys {
    static let engine = WorkerSettings()

    static let pool = ConfigurationKey(
        "pool",
        .text,
        default: "azure-copy-worker",
        "what people call this pool of workers, as `copy-worker check` shows it: letters, digits and -; what keeps two "
            + "pools apart is the virtual host or `broker.names`"
    )

    enum Journal {
        static let path = ConfigurationKey(
            "journal.path",
            .file,
            required: true,
            "the SQLite file that all workers of one queue share; its directory has to exist"
        )
        static let staleness = ConfigurationKey(
            "journal.staleness",
            .duration(.seconds(1) ... .seconds(600)),
            default: "10s",
            "how long a worker gives no sign of life before another may take its requests; at least three times "
                + "`worker.livenessPeriod`, and longer than `worker.sendBefore`"
        )

        static let all = [path, staleness]
    }

    enum HTTP {
        static let enabled = ConfigurationKey("http.enabled", .flag, default: "true", "serve /healthz and /readyz")
        static let listen = ConfigurationKey(
            "http.listen",
            .text,
            default: "127.0.0.1:8080",
            "host and port to serve on; port 0: the system chooses"
        )

        static let all = [enabled, listen]
    }

    enum Log {
        static let level = ConfigurationKey(
            "log.level",
            .choice(LogConfiguration.Level.allCases.map(\.rawValue)),
            default: "info",
            "what is logged: this and what is graver; above `notice` the audit trail is lost"
        )
        static let format = ConfigurationKey(
            "log.format",
            .choice(LogConfiguration.Format.allCases.map(\.rawValue)),
            default: "json",
            "one JSON object a line, or text for people"
        )

        static let all = [level, format]
    }

    enum Events {
        static let source = ConfigurationKey(
            "events.source",
            .text,
            default: engine.eventSource,
            "the `source` of every event: a URI of the pool, never of a host"
        )
        static let replyTo = ConfigurationKey(
            "events.replyTo",
            .list,
            default: engine.replyToPatterns.joined(separator: ", "),
            "which `reply-to` addresses get the outcome as well: exact names, or beginnings that end in `*`"
        )

        static let all = [source, replyTo]
    }

    enum Route {
        static let source = ConfigurationKey(
            "routes.<name>.from",
            .text,
            required: true,
            "the resource to copy from: a name under `resources`"
        )
        static let target = ConfigurationKey(
            "routes.<name>.to",
            .text,
            required: true,
            "the resource to copy to: a name under `resources`"
        )
        static let kinds = ConfigurationKey(
            "routes.<name>.kinds",
            .list,
            required: true,
            "what may be copied on this route: `document-model`, `document-classifier`, `vision-project`"
        )

        static let all = [source, target, kinds]
    }
}
