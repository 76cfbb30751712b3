import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Looks after what runs have left in Azure, and after the journal itself. One worker of a pool at a time does; two
/// that both think so do no harm: what the one has deleted the other finds gone.
///
/// Nothing is deleted that is not exactly explained (see ``look(at:among:)``); the rest is left to people.
struct Janitor: Sendable {
    /// At most so many obligations are looked at in a row, and none is begun after so long: a resource that answers
    /// slowly must not keep the rest of the work waiting.
    private static let round = 100
    private static let roundTime: Duration = .seconds(60)
    private static let pruningPeriod: Duration = .seconds(3600)

    let owner: OwnerID
    let engine: Engine
    let catalogue: ResourceCatalogue
    let watch: JournalWatch
    let search: Search

    private struct Timetable {
        var renewal: Duration
        var pruning: Duration
        var clocks: ClockComparison
    }

    /// What has been logged already: once is enough.
    private struct Told {
        var isInOffice = false
        var trouble: JournalError?
        /// Numbers.
        var unreadable: Set<Int64> = []
    }

    /// Works until cancelled.
    func run() async {
        let settings = engine.settings
        let begun = engine.surroundings.uptime()
        var due = Timetable(
            renewal: begun + settings.generationPeriod,
            pruning: begun + Self.pruningPeriod,
            clocks: ClockComparison(engine.surroundings)
        )
        var search = search
        var told = Told()
        while (try? await engine.surroundings.sleep(settings.janitorPeriod)) != nil {
            guard let isInOffice = await hear(of: tend(), &told) else {
                search.pause()
                continue
            }
            if isInOffice != told.isInOffice {
                told.isInOffice = isInOffice
                engine.logger.info(isInOffice ? "this worker is the janitor" : "this worker is no longer the janitor")
            }
            guard isInOffice else {
                search.pause()
                told.trouble = nil
                continue
            }
            let now = engine.surroundings.uptime()
            if now >= due.renewal {
                await watch.renew()
                due.renewal = engine.surroundings.uptime() + settings.generationPeriod
            }
            // The broker may still have the message of a request that has ended, and bring it when it is back.
            if now >= due.pruning, search.hasSeenAll {
                if due.clocks.agree(engine.surroundings) {
                    await prune(&told)
                } else {
                    engine.logger.warning("the wall clock was set: no ended request is forgotten for now")
                }
                due.pruning = now + Self.pruningPeriod
            }
            await search.go()
            await serve(&told)
        }
    }

    /// Whether this worker is the janitor; while the journal is away nobody is.
    func isInOffice() async -> Bool {
        (try? await tend().get()) ?? false
    }

    private func tend() async -> Result<Bool, JournalError> {
        let owner = owner
        return await attempt { try await $0.tend(owner) }
    }

    /// One try; what it was for is tried again in the next round.
    private func attempt<Answer: Sendable>(
        _ call: @escaping @Sendable (any Journal) async throws -> Answer
    ) async -> Result<Answer, JournalError> {
        do {
            return try await engine.journal.attempt(call)
        } catch {
            return .failure(JournalError(.unavailable, "the worker stops"))
        }
    }

    private func hear<Answer>(of result: Result<Answer, JournalError>, _ told: inout Told) -> Answer? {
        switch result {
        case .success(let answer): return answer
        case .failure(let error):
            if told.trouble != error, !Task.isCancelled {
                engine.logger.warning("the janitor cannot read the journal", metadata: [LogKey.error: "\(error)"])
            }
            told.trouble = error
            return nil
        }
    }

    private func prune(_ told: inout Told) async {
        let moment = engine.surroundings.now() - engine.settings.retention
        guard let count = await hear(of: attempt { try await $0.prune(endedBefore: moment) }, &told), count > 0 else {
            return
        }
        engine.logger.info("ended requests were forgotten", metadata: ["count": "\(count)"])
    }

    private func serve(_ told: inout Told) async {
        guard let all = await hear(of: attempt { try await $0.obligations() }, &told),
            let unreadable = await hear(of: attempt { try await $0.unreadableObligations() }, &told)
        else { return }
        told.trouble = nil
        for damaged in unreadable where told.unreadable.insert(damaged.number).inserted {
            engine.logger.error(
                "an obligation cannot be read and needs a person",
                metadata: [LogKey.obligation: "\(damaged.number)", LogKey.error: "\(damaged.message)"]
            )
        }
        let now = engine.surroundings.now()
        let end = engine.surroundings.uptime() + Self.roundTime
        var found = 0
        // What there is nothing to say of yet takes nobody's place.
        for obligation in all where obligation.nextLook <= now {
            guard found < Self.round, engine.surroundings.uptime() < end else { return }
            guard !Task.isCancelled, let finding = await look(at: obligation, among: all) else { continue }
            await keep(finding, of: obligation)
            found += 1
        }
    }

    private func keep(_ finding: ObligationFinding, of obligation: RecordedObligation) async {
        let number = obligation.number
        // If this is lost, the next look finds the same.
        _ = try? await engine.journal.attempt { try await $0.record(finding, of: number) }
        let (level, what, sentence): (Logger.Level, String, String) =
            switch finding {
            case .served(let sentence): (.notice, "an obligation is served", sentence)
            case .open(let sentence, _): (.info, "an obligation stands", sentence)
            case .needsPerson(let sentence, _): (.warning, "an obligation needs a person", sentence)
            }
        engine.logger.log(level: level, "\(what)", metadata: metadata(of: obligation, LogKey.finding, sentence))
    }

    func metadata(of obligation: RecordedObligation, _ key: String, _ text: String) -> Logger.Metadata {
        [
            LogKey.request: "\(obligation.request.rawValue)",
            LogKey.resource: "\(obligation.resource.rawValue)",
            LogKey.obligation: "\(obligation.subject.text)",
            key: "\(text)",
        ]
    }
}
