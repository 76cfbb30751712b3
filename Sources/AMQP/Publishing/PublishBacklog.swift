/// Every message handed to the publisher that has no answer yet, and which of them may be written now.
///
/// A message can make the broker close the channel (no such exchange, no permission, a property it does not accept),
/// and all others in flight are lost with it. So after such a close the messages in flight are *suspects* and go alone,
/// one at a time, until the culprit has convicted itself. A refused exchange is then left in peace for a growing time
/// and probed with one message, while everything else flows.
struct PublishBacklog: Sendable {
    typealias Ticket = UInt64

    struct Answer: Sendable {
        let ticket: Ticket
        let result: Result<Publication, AMQPError>
    }

    /// A message that closed the channel all by itself.
    struct Conviction: Sendable {
        let message: OutgoingMessage
        let error: AMQPError
        /// When the next try is due; `nil`: it was given up and its sender told.
        let wait: Duration?
    }

    /// What the end of a connection has to do with the messages that were in flight.
    enum Verdict: Sendable {
        case blameless
        /// One of several closed the channel: from now on they go alone.
        case suspects
        /// The answer is for its sender, if it was given up.
        case convicted(Conviction, Answer?)
    }

    private struct Entry: Sendable {
        let message: OutgoingMessage
        let bytes: Int
        var backoff: ReconnectBackoff
        var isSuspect = false
        /// Sent to learn whether its exchange is acceptable again.
        var isProbe = false
        var wasWritten = false
        /// How often the broker did not take it in time although nothing else was in flight.
        var timeouts = 0
    }

    /// An exchange that the broker refused.
    private struct Suspension: Sendable {
        var backoff: ReconnectBackoff
        var due: Duration
        /// Messages for it, in the order in which they are to be tried.
        var tickets: [Ticket]
    }

    private let backoff: ReconnectBackoff
    private let window: (messages: Int, bytes: Int)
    /// What is in flight on the present connection.
    private(set) var ledger: ConfirmLedger
    /// The broker blocked the connection; nothing is written.
    private(set) var isBlocked = false
    private var entries: [Ticket: Entry] = [:]
    /// In the order of writing. May name messages that were withdrawn.
    private var waiting: ArraySlice<Ticket> = []
    /// Refused by a basic.nack, with the time of the next try; earliest first.
    private var held: [(due: Duration, ticket: Ticket)] = []
    private var suspensions: [String: Suspension] = [:]
    private var lastTicket: Ticket = 0

    init(windowMessages: Int, windowBytes: Int, backoff: ReconnectBackoff) {
        self.backoff = backoff
        window = (windowMessages, windowBytes)
        ledger = ConfirmLedger(windowMessages: windowMessages, windowBytes: windowBytes)
    }

    /// Messages whose senders wait.
    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    // MARK: - Senders

    mutating func drawTicket() -> Ticket {
        lastTicket += 1
        return lastTicket
    }

    mutating func add(_ message: OutgoingMessage, bytes: Int, as ticket: Ticket) {
        entries[ticket] = Entry(message: message, bytes: bytes, backoff: backoff)
        waiting.append(ticket)
    }

    /// The sender waits no longer. What is in flight stays in the ledger, so that the tags remain right, but will not
    /// be written again.
    mutating func withdraw(_ ticket: Ticket) {
        guard let entry = entries.removeValue(forKey: ticket) else { return }
        // Its exchange may be probed by another at once.
        if entry.isProbe { suspensions[entry.message.exchange]?.due = .zero }
    }

    // MARK: - Writing

    /// What may be written now, in order; each is in flight from here on.
    mutating func take(at now: Duration) -> (messages: [OutgoingMessage], again: Int) {
        releaseDue(at: now)
        var messages: [OutgoingMessage] = []
        var again = 0
        guard !isBlocked else { return (messages, again) }
        while let ticket = waiting.first {
            guard let entry = entries[ticket] else {
                waiting.removeFirst()
                continue
            }
            if suspensions[entry.message.exchange] != nil, !entry.isProbe {
                waiting.removeFirst()
                suspensions[entry.message.exchange]?.tickets.append(ticket)
                continue
            }
            guard ledger.admits(entry.bytes), !(entry.isSuspect && !ledger.isEmpty), !suspectIsInFlight else { break }
            waiting.removeFirst()
            _ = ledger.wrote(entry.message, ticket: ticket, bytes: entry.bytes, at: now)
            if entry.wasWritten { again += 1 }
            entries[ticket]?.wasWritten = true
            messages.append(entry.message)
        }
        return (messages, again)
    }

    /// When `take` may have something because time has passed.
    var nextDue: Duration? {
        let probes = suspensions.values.lazy.filter { !$0.tickets.isEmpty }.map(\.due).min()
        return switch (held.first?.due, probes) {
        case (let held?, let probe?): min(held, probe)
        case (let held, let probe): held ?? probe
        }
    }

    private var suspectIsInFlight: Bool {
        // A suspect goes alone, so that it is the first if it is there at all.
        guard let first = ledger.outstanding.first else { return false }
        return entries[first.ticket]?.isSuspect ?? false
    }

    private mutating func releaseDue(at now: Duration) {
        while let first = held.first, first.due <= now {
            held.removeFirst()
            waiting.insert(first.ticket, at: waiting.startIndex)
        }
        for exchange in suspensions.keys.sorted() {
            guard var suspension = suspensions[exchange], suspension.due <= now else { continue }
            suspension.tickets.removeAll { entries[$0] == nil }
            if let probe = suspension.tickets.first {
                suspension.tickets.removeFirst()
                // One probe at a time: an answer to this one lifts the suspension or sets the next date.
                suspension.due = now + backoff.most * 2
                entries[probe]?.isSuspect = true
                entries[probe]?.isProbe = true
                waiting.insert(probe, at: waiting.startIndex)
            }
            suspensions[exchange] = suspension
        }
    }

    // MARK: - The broker's answers

    mutating func confirmed(_ tag: UInt64, multiple: Bool) -> [Answer] {
        var answers: [Answer] = []
        for done in ledger.answered(tag, multiple: multiple) {
            lift(done.message.exchange)
            guard entries.removeValue(forKey: done.ticket) != nil else { continue }
            let publication =
                done.returned.map { Publication.unroutable(code: $0.code, text: $0.text) } ?? .confirmed
            answers.append(Answer(ticket: done.ticket, result: .success(publication)))
        }
        return answers
    }

    /// basic.nack: an internal error or a full queue, so each message goes again after its own growing wait.
    ///
    /// - Returns: how many.
    mutating func refused(_ tag: UInt64, multiple: Bool, at now: Duration, random: () -> Double) -> Int {
        let refused = ledger.answered(tag, multiple: multiple)
        for done in refused {
            lift(done.message.exchange)
            hold(done.ticket, at: now, random: random)
        }
        return refused.count
    }

    mutating func returned(_ message: ReturnedMessage) -> Bool {
        ledger.returned(message)
    }

    mutating func blocked() {
        isBlocked = true
    }

    mutating func unblocked(at now: Duration) {
        isBlocked = false
        ledger.restartWaits(at: now)
    }

    /// When the confirm of the oldest message in flight is overdue; `nil` while nothing is to be expected.
    func confirmDue(timeout: Duration) -> Duration? {
        isBlocked ? nil : ledger.oldest.map { $0 + timeout }
    }

    // MARK: - The connection is gone

    /// Everything in flight goes again, in its order and before the rest, save for what the broker cannot stand.
    mutating func disconnected(because error: AMQPError?, at now: Duration, random: () -> Double) -> Verdict {
        let inFlight = ledger.outstanding
        ledger = ConfirmLedger(windowMessages: window.messages, windowBytes: window.bytes)
        isBlocked = false
        let pending = inFlight.filter { entries[$0.ticket] != nil }
        if let error, error.code == .timedOut, inFlight.count == 1, let slow = pending.first,
            isTooSlow(slow.ticket)
        {
            let answer = giveUp(slow, error, "The broker does not take a message of this size in time")
            return .convicted(Conviction(message: slow.message, error: error, wait: nil), answer)
        }
        guard let error, error.mayBeDueToMessage, !inFlight.isEmpty else {
            waiting.insert(contentsOf: pending.map(\.ticket), at: waiting.startIndex)
            return .blameless
        }
        if inFlight.count == 1, let culprit = pending.first {
            return convict(culprit, error, at: now, random: random)
        }
        for entry in pending { entries[entry.ticket]?.isSuspect = true }
        waiting.insert(contentsOf: pending.map(\.ticket), at: waiting.startIndex)
        return .suspects
    }

    private mutating func convict(
        _ culprit: ConfirmLedger.Entry,
        _ error: AMQPError,
        at now: Duration,
        random: () -> Double
    ) -> Verdict {
        let wait: Duration?
        var answer: Answer?
        switch error.blame(for: culprit.message) {
        case .exchange:
            wait = suspend(culprit.message.exchange, culprit: culprit.ticket, at: now, random: random)
        case .message:
            wait = nil
            answer = giveUp(culprit, error, "The broker does not accept the message")
        case .unclear:
            entries[culprit.ticket]?.isSuspect = true
            wait = hold(culprit.ticket, at: now, random: random)
        }
        return .convicted(Conviction(message: culprit.message, error: error, wait: wait), answer)
    }

    /// What is larger than the window is in flight alone and can keep everything else waiting: twice is enough.
    private mutating func isTooSlow(_ ticket: Ticket) -> Bool {
        guard let entry = entries[ticket], entry.bytes > window.bytes else { return false }
        entries[ticket]?.timeouts += 1
        return entry.timeouts > 0
    }

    private mutating func giveUp(_ culprit: ConfirmLedger.Entry, _ error: AMQPError, _ sentence: String) -> Answer {
        entries[culprit.ticket] = nil
        lift(culprit.message.exchange)
        let refusal = AMQPError(.invalid, "\(sentence): \(error.message)", replyCode: error.replyCode)
        return Answer(ticket: culprit.ticket, result: .failure(refusal))
    }

    @discardableResult
    private mutating func hold(_ ticket: Ticket, at now: Duration, random: () -> Double) -> Duration? {
        guard var backoff = entries[ticket]?.backoff else { return nil }
        let wait = backoff.next(random: random())
        entries[ticket]?.backoff = backoff
        let index = held.firstIndex { $0.due > now + wait } ?? held.endIndex
        held.insert((now + wait, ticket), at: index)
        return wait
    }

    private mutating func suspend(
        _ exchange: String,
        culprit: Ticket,
        at now: Duration,
        random: () -> Double
    ) -> Duration {
        var suspension = suspensions[exchange] ?? Suspension(backoff: backoff, due: now, tickets: [])
        let wait = suspension.backoff.next(random: random())
        suspension.due = now + wait
        entries[culprit]?.isProbe = false
        // Last, so that another message probes next: the fault may be this one's routing key.
        suspension.tickets.append(culprit)
        suspensions[exchange] = suspension
        return wait
    }

    /// The broker took a message for this exchange: all others for it may go.
    private mutating func lift(_ exchange: String) {
        guard !suspensions.isEmpty, let suspension = suspensions.removeValue(forKey: exchange) else { return }
        waiting.insert(contentsOf: suspension.tickets, at: waiting.startIndex)
    }
}

extension AMQPError {
    enum Blame: Sendable {
        case exchange, message, unclear
    }

    /// The broker closed on something that was written to it.
    var mayBeDueToMessage: Bool {
        switch code {
        case .channelClosed, .invalid: true
        // 5xx are hard errors: the frame or the method could not be handled. 320 is an operator's close.
        case .connectionClosed: (replyCode ?? 0) >= 500
        case .unreachable, .loginRefused, .tls, .timedOut, .heartbeatMissed, .connectionLost, .protocolViolation,
            .closedByUs:
            false
        }
    }

    /// Of a message that brought the connection down alone. One that may get lost, e.g. a direct reply to a node that is
    /// gone, is not tried again unless its exchange is at fault.
    func blame(for message: OutgoingMessage) -> Blame {
        switch replyCode {
        case 403, 404: message.mandatory || !message.exchange.isEmpty ? .exchange : .message
        case 406: .message
        default: code == .invalid || !message.mandatory ? .message : .unclear
        }
    }
}
