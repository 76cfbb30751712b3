import AMQP
import CopyJournal
import Logging

/// Sees to it that this worker's journal is the one that the workers of its queues share: before it takes anything, and
/// from time to time.
struct JournalWatch: Sendable {
    /// How long until another look after a verdict against this journal.
    private static let pause: Duration = .seconds(10)
    /// Between two looks at least, whatever speaks against the journal meanwhile.
    private static let shortestPause: Duration = .seconds(2)
    private static let farewell: Duration = .seconds(2)
    /// While another worker holds the register, for milliseconds.
    private static let turn: Duration = .milliseconds(200)

    let agreement: JournalAgreement
    let shared: SharedJournal
    let surroundings: Surroundings
    let troubles: Troubles
    let names: BrokerNames
    /// How often the register is looked at, by every worker.
    let period: Duration
    /// Rung when something speaks against this journal.
    let suspicion = Signal()
    /// Closed while the journal turns out, later, not to be the pool's: no request begins.
    let gate: IntakeGate
    /// Closed at the same time, and for nothing else: what this journal says of any message counts for nothing.
    let standing = IntakeGate()
    let logger: Logger

    private enum Look {
        case agreed
        /// It is not the pool's.
        case objection(String)
        /// The broker or the journal did not tell.
        case unknown(String)
    }

    /// Returns when the journal is the pool's, or the task is cancelled. Until then the worker is not ready and its
    /// status says why.
    func agree() async {
        while !Task.isCancelled {
            switch await look() {
            case .agreed: return
            case .objection(let reason): report(reason, as: .error)
            case .unknown(let reason): report(reason, as: .warning)
            }
            guard (try? await surroundings.sleep(Self.pause)) != nil else { return }
        }
    }

    /// Looks again from time to time, and as soon as something speaks against this journal, until cancelled. What the
    /// janitor finds when it raises the generation, it finds for its own journal only.
    func run() async {
        while true {
            await suspicion.wait(atMost: period * (0.5 + surroundings.random()), surroundings)
            guard !Task.isCancelled else { return }
            switch await look({ () throws(AMQPError) in try await agreement.confirmed() }) {
            case .agreed: break
            case .unknown(let reason):
                logger.warning("the journal was not compared with the pool's", metadata: [LogKey.error: "\(reason)"])
            case .objection(let reason):
                await standStill(for: reason)
            }
            guard (try? await surroundings.sleep(Self.shortestPause)) != nil else { return }
        }
    }

    /// Raises the journal's generation. If the journal turns out not to be the pool's any more, nothing more is taken
    /// until a person has decided; if it cannot be found out, the next time will do.
    func renew() async {
        switch await look() {
        case .agreed: return
        case .unknown(let reason):
            logger.warning("the journal's generation was not raised", metadata: [LogKey.error: "\(reason)"])
        case .objection(let reason):
            await standStill(for: reason)
        }
    }

    private func standStill(for reason: String) async {
        gate.close()
        standing.close()
        report(reason, as: .error)
        await agree()
        standing.open()
        gate.open()
    }

    /// Raises the generation a last time, if that is a matter of a moment.
    func conclude() async {
        _ = try? await agreement.renew(within: Self.farewell)
    }

    private func look() async -> Look {
        await look { () throws(AMQPError) in try await agreement.renewed() }
    }

    private func look(_ visit: () async throws(AMQPError) -> JournalAgreement.Finding) async -> Look {
        do throws(AMQPError) {
            while true {
                do throws(AMQPError) {
                    return take(try await visit())
                } catch {
                    guard error.isHeldByAnother else { throw error }
                    let spread = Self.turn * (0.5 + surroundings.random())
                    guard (try? await surroundings.sleep(spread)) != nil else {
                        return .unknown("the worker stops")
                    }
                }
            }
        } catch {
            return .unknown(
                "\(names.journal): which journal the workers share could not be found out: \(error.message)"
            )
        }
    }

    private func take(_ finding: JournalAgreement.Finding) -> Look {
        let verdict = finding.verdict
        switch verdict {
        case .agreed(let identity):
            shared.agreed(on: identity, isAccepted: finding.isAccepted)
            if troubles.set(.identity, nil) {
                logger.notice(
                    "the journal is the one that the workers of this queue share",
                    metadata: [LogKey.journal: "\(identity.id)", LogKey.generation: "\(identity.generation)"]
                )
            }
            return .agreed
        case .journalAway(let error): return .unknown("\(error)")
        case .unregistered: return .unknown(verdict.sentence(names))
        case .other, .restored, .unreadable: return .objection(verdict.sentence(names))
        }
    }

    private func report(_ reason: String, as level: Logger.Level) {
        if troubles.set(.identity, reason) {
            logger.log(level: level, "no request is taken", metadata: [LogKey.error: "\(reason)"])
        }
    }
}

extension AMQPError {
    fileprivate var isHeldByAnother: Bool {
        code == .channelClosed && (replyCode == 403 || replyCode == 405) && message.contains("exclusive")
    }
}

extension JournalAgreement.Verdict {
    /// What it means and what to do, for people.
    package func sentence(_ names: BrokerNames) -> String {
        switch self {
        case .agreed(let identity):
            "the journal \(identity.id) is the one that the workers of \(names.requests) share "
                + "(generation \(identity.generation))"
        case .other(let registered, let ours):
            "the workers of \(names.requests) share the journal \(registered.id), and this one is \(ours.id): "
                + "give this worker the shared journal; if this one is to take its place, stop all workers and run "
                + "`copyctl journal accept`"
        case .restored(let registered, let ours):
            "the journal \(ours.id) is an older copy of itself: it has come to generation \(ours.generation), and the "
                + "workers of \(names.requests) had come to \(registered.generation): put the newer one back; if it is "
                + "lost, `copyctl journal accept` goes on with this one, and requests that ended since may run again"
        case .unregistered(let ours):
            "no worker of \(names.requests) has registered a journal yet; the first to start registers its own (this "
                + "one is \(ours.id), generation \(ours.generation))"
        case .unreadable:
            "the queue \(names.journal) holds what no worker wrote: look at it and purge it, or run "
                + "`copyctl journal accept`"
        case .journalAway(let error): "\(error)"
        }
    }
}
