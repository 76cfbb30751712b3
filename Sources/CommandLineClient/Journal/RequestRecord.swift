import CopyContract
package import CopyDomain
package import CopyJournal

/// What the journal knows about a request, for people or as JSON. Nothing secret: of a run's tokens neither plan nor
/// outcome holds any, and its checkpoint is not shown.
package struct RequestRecord: Sendable {
    private let entry: JournalEntry
    private let owed: [RecordedObligation]
    private let now: Timestamp

    /// - Parameter owed: what stands of this request's obligations.
    package init(_ entry: JournalEntry, owing owed: [RecordedObligation], now: Timestamp) {
        self.entry = entry
        self.owed = owed
        self.now = now
    }

    /// One `name: value` a line.
    package var text: String {
        let request = entry.plan.request
        var lines = [
            "request: \(entry.id.rawValue)",
            "kind: \(request.kind.rawValue) \(request.apiVersion.rawValue)"
                + (request.purpose == .check ? ", only a check" : ""),
            "from: \(request.source.resource.rawValue), \(source.type) \(source.value)",
            "to: \(request.target.resource.rawValue)" + (target.map { ", \($0.type) \($0.value)" } ?? ""),
            "accepted: \(entry.acceptedAt.rfc3339)", "deadline: \(entry.plan.deadline.rfc3339)", "state: \(state)",
            "run: \(entry.run), epoch \(entry.epoch)",
        ]
        if entry.isCancelRequested { lines.append("cancel: asked for") }
        if entry.deaths.total > 0 { lines.append("owners that died: \(entry.deaths.total)") }
        if let damage { lines.append("damage: \(damage)") }
        lines += owed.map { "owes: \(OrphanLine($0, of: debtor, now: now).text)" }
        return lines.joined(separator: "\n")
    }

    package var json: String {
        let request = entry.plan.request
        return JSONText.line(
            .fields([
                "requestId": .string(entry.id.rawValue), "kind": .string(request.kind.rawValue),
                "apiVersion": .string(request.apiVersion.rawValue), "check": .bool(request.purpose == .check),
                "source": .fields([
                    "resource": .string(request.source.resource.rawValue), source.type: .string(source.value),
                ]),
                "target": .fields([
                    "resource": .string(request.target.resource.rawValue),
                    "id": request.target.id.map { .string($0.rawValue) },
                    "name": request.target.name.map { .string(Printable.line($0, limit: 256)) },
                ]),
                "accepted": .string(entry.acceptedAt.rfc3339), "deadline": .string(entry.plan.deadline.rfc3339),
                "phase": .string(entry.phase.rawValue), "run": .integer(entry.run),
                "epoch": .integer(Int(entry.epoch)), "owner": entry.owner.map { .string(printable($0)) },
                "outcome": entry.outcome.map { .string($0.event) },
                "eventId": entry.outcome.map { .string($0.eventID) },
                "ended": entry.outcome.map { .string($0.time.rfc3339) },
                "published": entry.outcome.map { _ in .bool(entry.published) },
                "cancelRequested": .bool(entry.isCancelRequested), "deaths": .integer(entry.deaths.total),
                "damage": damage.map(JSONValue.string),
                "owes": .array(owed.map { .integer(Int($0.number)) }),
            ])
        )
    }

    private var state: String {
        if let outcome = entry.outcome {
            return "\(outcome.event) at \(outcome.time.rfc3339), its outcome \(outcome.eventID) is "
                + (entry.published ? "published" : "not published yet")
        }
        let holder = entry.owner.map { "held by the worker \(printable($0))" } ?? "held by no worker"
        return "\(entry.phase.rawValue), \(holder)"
    }

    private var debtor: OrphanLine.Debtor { entry.outcome == nil ? .underWay : .ended }
    private var damage: String? { entry.damage.map { Printable.line($0, limit: 1000) } }

    private var source: (type: String, value: String) {
        switch entry.plan.request.source.item {
        case .id(let id): ("id", id.rawValue)
        case .name(let name): ("name", Printable.line(name, limit: 256))
        }
    }

    private var target: (type: String, value: String)? {
        let target = entry.plan.request.target
        return target.id.map { ("id", $0.rawValue) } ?? target.name.map { ("name", Printable.line($0, limit: 256)) }
    }

    private func printable(_ owner: OwnerID) -> String { Printable.line(owner.rawValue, limit: 256) }
}
