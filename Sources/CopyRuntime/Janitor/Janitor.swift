import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Looks after what runs have left in Azure, and after the journal itself. One worker of a pool at a time does; two
/// that both think so do no harm: what the one has deleted the other finds gone.
///
/// Nothing is deleted that is not exactly explained (see ``look(at:among:)``); the rest is left to people.
struct Janitor: Sendable {
    /// At most so many obligations are looked at in a row.
    private static let round = 100
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
        while (try? await engine.surroundings.sleep(settings.janitorPeriod)) != nil {
            guard await isInOffice() else {
                search.pause()
                continue
            }
            let now = engine.surroundings.uptime()
            if now >= due.renewal {
                await watch.renew()
                due.renewal = engine.surroundings.uptime() + settings.generationPeriod
            }
            if now >= due.pruning {
                if due.clocks.agree(engine.surroundings) {
                    await prune()
                } else {
                    engine.logger.warning("the wall clock was set: no ended request is forgotten for now")
                }
                due.pruning = now + Self.pruningPeriod
            }
            await search.go()
            await serve()
        }
    }

    /// Whether this worker is the janitor; while the journal is away nobody is.
    func isInOffice() async -> Bool {
        let owner = owner
        guard let answer = try? await engine.journal.attempt({ try await $0.tend(owner) }) else { return false }
        return (try? answer.get()) ?? false
    }

    private func prune() async {
        let moment = engine.surroundings.now() - engine.settings.retention
        guard let answer = try? await engine.journal.attempt({ try await $0.prune(endedBefore: moment) }) else {
            return
        }
        guard let count = try? answer.get(), count > 0 else { return }
        engine.logger.info("ended requests were forgotten", metadata: ["count": "\(count)"])
    }

    private func serve() async {
        guard let answer = try? await engine.journal.attempt({ try await $0.obligations() }),
            let all = try? answer.get()
        else { return }
        let now = engine.surroundings.now()
        let due = all.filter { $0.nextLook.map { $0 <= now } ?? false }
        for debt in due.prefix(Self.round) {
            guard !Task.isCancelled, let finding = await look(at: debt, among: all) else { continue }
            await keep(finding, of: debt)
        }
    }

    private func keep(_ finding: ObligationFinding, of debt: RecordedObligation) async {
        let number = debt.number
        // If this is lost, the next look finds the same.
        _ = try? await engine.journal.attempt { try await $0.record(finding, of: number) }
        let (level, what, sentence): (Logger.Level, String, String) =
            switch finding {
            case .served(let sentence): (.notice, "an obligation is served", sentence)
            case .open(let sentence, _): (.info, "an obligation stands", sentence)
            case .needsPerson(let sentence): (.warning, "an obligation needs a person", sentence)
            }
        engine.logger.log(level: level, "\(what)", metadata: metadata(of: debt, LogKey.finding, sentence))
    }

    func metadata(of debt: RecordedObligation, _ key: String, _ text: String) -> Logger.Metadata {
        [
            LogKey.request: "\(debt.request.rawValue)",
            LogKey.resource: "\(debt.obligation.resource.rawValue)",
            LogKey.obligation: "\(debt.obligation.subject.text)",
            key: "\(text)",
        ]
    }
}
