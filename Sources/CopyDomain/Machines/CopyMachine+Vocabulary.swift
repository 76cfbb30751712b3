/// What a machine is told.
package enum MachineEvent<Answer: Sendable>: Sendable {
    /// The run begins: nothing was ever sent.
    case begun
    /// The run goes on from a checkpoint in another process or after a hand-back.
    /// A call that the checkpoint names as an intent has an open fate.
    case resumed
    /// The call of the last action was answered. `serviceDate` is the answer's Date header.
    case answered(Answer, serviceDate: Timestamp?)
    /// The call of the last action was not answered, or answered with an error. A call that was certainly not sent,
    /// because it would have come too late, is `.notDone`: the machine takes the intent anew, with its new time.
    case failed(CallFailure)
    /// The wait of the last action is over.
    case elapsed
    /// The reservation of the last action was granted.
    case reserved
    /// The request's deadline has passed. Told at most once per process, in place of the action that was due, which is
    /// dropped: it was never sent (a wait or a poll's wait is cut short).
    case deadlineReached
    /// Somebody asked to cancel the request; told like `deadlineReached`.
    case cancelRequested
    /// The request brought down every worker that ran it: it ends with what is known, and nothing more is sent. An
    /// intent has an open fate here.
    case convicted
}

/// What a machine wants done next. Exactly one action is open at a time.
///
/// Before any action but `finish` is carried out the driver has saved the machine if its value has changed, so the
/// stored checkpoint is never older than the last thing that was sent.
package enum MachineAction<Call: Sendable>: Sendable {
    /// Send a call that changes nothing in Azure.
    case ask(Call)
    /// Send a call with a side effect, exactly in this order: take the permit and the credential, save the machine
    /// (whose state is the intent; the save is the epoch check), send at once.
    case perform(Call)
    /// Ask for the progress of the running copy, one poll period after the last poll.
    case poll(Call)
    /// Do nothing for a while.
    case wait(Wait)
    /// Take this name for the request, exclusively among all requests; it is freed when the request ends.
    /// While another holds it the request goes back to the retry queue and the machine is resumed later.
    case reserve(String)
    /// The run is over.
    case finish(Conclusion)
}

extension MachineAction: Equatable where Call: Equatable {}
extension MachineEvent: Equatable where Answer: Equatable {}

/// A wait as a value: the driver adds the randomness.
package struct Wait: Codable, Hashable, Sendable {
    package let duration: Duration
    /// The part of the duration that is random, 0 to 1: 0 waits exactly, 1 waits anything from nothing to all of it.
    package let jitter: Double

    package init(_ duration: Duration, jitter: Double = 0) {
        self.duration = duration
        self.jitter = jitter
    }
}

/// Where a run stands, for people: progress events, logs and `copyctl`.
package enum Phase: String, Codable, CaseIterable, Sendable {
    case requested, inspecting, waiting, exporting, replacing, authorizing, starting, importing, copying, reconciling,
        verifying, renaming, cleaning, ended
}
