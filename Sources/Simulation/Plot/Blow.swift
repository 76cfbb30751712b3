/// A kind of thing that goes wrong in a simulated world.
package enum Blow: String, CaseIterable, Sendable {
    /// SIGKILL, at any moment.
    case death
    /// SIGTERM.
    case drain
    /// SIGSTOP, and SIGCONT later.
    case stop
    /// A worker and the broker do not reach each other.
    case brokerCut = "broker cut off"
    case journalCut = "journal cut off"
    case azureCut = "Azure cut off"
    case answersLost = "answers lost"
    case requestsLost = "requests lost"
    case slowAnswers = "slow answers"
    case serverErrors = "5xx"
    /// 429 with Retry-After, on one resource.
    case throttling = "429 storm"
    /// One resource answers nothing but errors for minutes.
    case outage = "resource out"
    case copiesFail = "copies fail"
    /// Every connection to the broker is lost.
    case connectionsDropped = "connections dropped"
    case brokerRestart = "broker restart"
    /// basic.cancel by the broker.
    case consumersCancelled = "consumers cancelled"
    case confirmsLate = "confirms late"
    case nacks
    /// The connection breaks between a message and its confirm.
    case confirmLost = "confirm lost"
    case memoryAlarm = "memory alarm"
    /// Outcomes find no queue.
    case returned = "unroutable"
    case journalAway = "journal away"
    /// The journal does what it is asked and does not answer.
    case journalMute = "journal mute"
    /// A worker's wall clock jumps.
    case clockJump = "clock jump"
    /// Somebody wants a request cancelled.
    case cancel
}
