import CopyDomain
import CopyJournal
import Logging

/// What makes a run stop between two steps.
extension Run {
    /// Goes on until the run ends, heeding what is asked of it.
    mutating func goOn(from first: Step) async -> End {
        defer { engine.timetable.leave(lease.id) }
        var step = first
        while true {
            let (run, due, end) = await control.interrupting { [run = self, step] in
                var run = run
                var step = step
                do {
                    return (run, step, End?.some(try await run.proceed(from: &step)))
                } catch let error as JournalError {
                    return (run, step, .unreadable(error))
                } catch {
                    return (run, step, nil)
                }
            }
            self = run
            step = due
            if let end { return end }
            guard !Task.isCancelled, let wish = control.next() else { return await stop() }
            switch wish {
            case .cancel: step = .tell(.cancelRequested)
            case .handBack(.resourcePaused) where isEnding: break
            case .handBack(let reason): return await handBack(reason)
            }
        }
    }

    /// Ends the request of a message that has brought its workers down, without another call.
    mutating func convict() async -> End {
        logger.error("the request has brought down every worker that ran it, the last two alone: it ends here")
        return await goOn(from: .tell(.convicted))
    }

    /// Gives the request up once everything that only memory knows is saved, however long the journal is away.
    private mutating func handBack(_ reason: HandBack) async -> End {
        do {
            guard try await save() else { return try await fenced() }
            announceProgress()
            return .handedBack(reason)
        } catch let error as JournalError {
            return .unreadable(error)
        } catch {
            return await stop()
        }
    }

    /// The worker drains: saves once more, if the journal answers, and gives the request up.
    private mutating func stop() async -> End {
        let checkpoint = Checkpoint(machine: machine, sequence: sequence, context: context)
        let lease = lease
        if checkpoint != saved {
            let result = try? await engine.journal.attempt { try await $0.save(checkpoint, for: lease) }
            if case .success(.fenced) = result { return (try? await fenced()) ?? .fenced }
            if case .failure(let error) = result, error.code == .unreadable { return .unreadable(error) }
        }
        return .handedBack(.drained)
    }
}
