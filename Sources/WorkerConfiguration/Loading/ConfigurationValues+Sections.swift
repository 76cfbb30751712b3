import CopyDomain
import CopyRuntime

extension ConfigurationValues {
    mutating func poolName() -> String {
        let name = text(Keys.pool) ?? ""
        let isValid =
            (1...63).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
        if !isValid { report(Keys.pool, "is no name", advice: "Write 1 to 63 letters, digits and -.") }
        return name
    }

    mutating func journal() -> JournalConfiguration {
        JournalConfiguration(path: text(Keys.Journal.path) ?? "", staleness: duration(Keys.Journal.staleness))
    }

    mutating func http() -> HTTPConfiguration {
        let enabled = flag(Keys.HTTP.enabled)
        let listen = text(Keys.HTTP.listen).flatMap(ListenAddress.init)
        if listen == nil {
            report(
                Keys.HTTP.listen,
                "is no address",
                advice: "Write host and port, e.g. 0.0.0.0:8080 for every interface."
            )
        }
        return HTTPConfiguration(enabled: enabled, listen: listen ?? ListenAddress(host: "127.0.0.1", port: 0))
    }

    mutating func events(_ settings: inout WorkerSettings) {
        settings.eventSource = text(Keys.Events.source) ?? settings.eventSource
        let source = settings.eventSource
        if source.utf8.count > 255 || !source.contains(":") || !source.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) {
            report(Keys.Events.source, "is no URI", advice: "Write a URI, e.g. urn:example:copies.")
        }
        settings.replyToPatterns = list(Keys.Events.replyTo)
        for pattern in settings.replyToPatterns where pattern.isEmpty || pattern.dropLast().contains("*") {
            report(
                Keys.Events.replyTo,
                "\"\(pattern)\" is no pattern",
                advice: "Write an exact name, or the beginning of names and one * at its end."
            )
        }
    }

    mutating func worker(_ settings: inout WorkerSettings, staleness: Duration) {
        settings.slots = wholeNumber(Keys.Worker.slots)
        settings.pollPeriod = duration(Keys.Worker.pollPeriod)
        settings.drainCalls = duration(Keys.Worker.drainCalls)
        settings.sendBefore = duration(Keys.Worker.sendBefore)
        settings.livenessPeriod = duration(Keys.Worker.livenessPeriod)
        settings.holdLimit = duration(Keys.Worker.holdLimit)
        settings.unknownResourceGrace = duration(Keys.Worker.unknownResourceGrace)
        settings.retention = duration(Keys.Worker.retention)
        for (kind, key) in Keys.Worker.deadlines { settings.deadlines[kind] = duration(key) }
        settings.checkDeadline = duration(Keys.Worker.checkDeadline)
        settings.limits.lostCopyWatch = duration(Keys.Limits.lostCopyWatch)
        settings.limits.lostStartSearch = duration(Keys.Limits.lostStartSearch)
        settings.limits.lostImportWatch = duration(Keys.Limits.lostImportWatch)
        settings.limits.importTime = duration(Keys.Limits.importTime)
        settings.limits.grace = duration(Keys.Limits.grace)
        settings.limits.verification = duration(Keys.Limits.verification)
        settings.limits.attempts = wholeNumber(Keys.Limits.attempts)
        // One late sign of life must not look like a death; and a call must not be sent any more when another worker
        // may have the request.
        let shortest = max(settings.livenessPeriod * 3, settings.sendBefore + .seconds(1))
        if staleness < shortest {
            report(
                Keys.Journal.staleness,
                "has to be three times worker.livenessPeriod, and longer than worker.sendBefore",
                advice: "Raise it to at least \(DurationText.format(shortest))."
            )
        }
        if settings.drainCalls < settings.sendBefore {
            report(
                Keys.Worker.drainCalls,
                "is shorter than worker.sendBefore: a call could be sent after its request was handed back",
                advice: "Raise it to at least \(DurationText.format(settings.sendBefore))."
            )
        }
    }

    /// Warns of variables that look like keys and are none: most likely they are misspelt.
    mutating func checkVariables(usedElsewhere: Set<String>) {
        let known = namesOfVariables.union(usedElsewhere)
        for name in environment.keys.sorted()
        where name.hasPrefix(EnvironmentNames.prefix + "_") && !known.contains(name)
            && !EnvironmentNames.isServiceLink(name)
        {
            let near = Suggestion.nearest(to: name, among: namesOfVariables.sorted())
            warnings.append(
                ConfigurationProblem(
                    key: nil,
                    variable: name,
                    message: "is no key of the configuration and has no effect",
                    advice: near.map { "Did you mean \($0)?" } ?? "Take it out of the environment."
                )
            )
        }
    }
}
