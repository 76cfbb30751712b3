/// Headers that messages bear when workers send them on, and people send them back.
package enum CarriedHeader {
    package static let hops = "x-copy-hops"
    /// Milliseconds since 1970 UTC of the first sight of the message by any worker.
    package static let firstSeen = "x-copy-first-seen"
    package static let reasonCode = "x-copy-reason-code"
    package static let reason = "x-copy-reason"
    package static let reasonField = "x-copy-reason-field"
    /// How often in a row the message was sent on for trouble that was to pass.
    package static let attempts = "x-copy-attempts"
    /// How often the message came back from workers that had not claimed its request, before it was this message.
    package static let deaths = "x-copy-deaths"
    /// How often a worker was gone while it looked at the suspicious message.
    package static let fatalLooks = "x-copy-fatal-looks"
    /// The queue that a parked message came from.
    package static let parkedFrom = "x-copy-parked-from"
    /// The id of the journal whose worker sent the message on.
    package static let journal = "x-copy-journal"
    /// Set when the headers were too large to travel on.
    package static let headersDropped = "x-copy-headers-dropped"
    /// On a parked message that a person sent back: by which command.
    package static let replayed = "x-copy-replayed"

    /// All of the above.
    package static let all: Set<String> = [
        hops, firstSeen, reasonCode, reason, reasonField, attempts, deaths, fatalLooks, parkedFrom, journal,
        headersDropped, replayed,
    ]

    /// The beginning of headers that keep a property which would hurt in another queue.
    package static let original = "x-copy-original-"

    package static let deliveryCount = "x-delivery-count"
    package static let firstDeathQueue = "x-first-death-queue"
    /// What the broker itself counts; a look at a message counts as well.
    package static let brokerCounts: Set<String> = [deliveryCount, "x-acquired-count"]
    /// Headers of the broker's own that would be taken for the new message's.
    package static let broker: Set<String> = brokerCounts.union([
        "x-death", "x-first-death-exchange", firstDeathQueue, "x-first-death-reason", "x-last-death-exchange",
        "x-last-death-queue", "x-last-death-reason",
    ])
}
