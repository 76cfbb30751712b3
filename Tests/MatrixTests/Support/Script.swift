import AzureEmulation
import CopyDomain

/// What is played: a request and what befalls it.
struct Script: Sendable {
    var subject: Subject
    var onConflict: ConflictPolicy?
    /// Whether the chosen id, or the project's name, is taken in the target.
    var isTaken = false
    var isSourceMissing = false
    var isRegionWrong = false
    var faults: [FaultRule] = []
    var strike: Strike?
    /// No request to west or east comes through meanwhile.
    var outage: Range<Duration>?
    var quirks = Quirks()
    var copySeconds = 3.0
    /// Every jitter is half of what it may be, so that two plays can be compared.
    var isFreeOfChance = false
    var deadline: Duration = .seconds(3600)

    init(_ subject: Subject) {
        self.subject = subject
    }

    /// Where the caller chooses the id (v3 and later).
    var choosesID: Bool { subject.family == .documentIntelligence }

    func with(_ change: (inout Script) -> Void) -> Script {
        var script = self
        change(&script)
        return script
    }
}
