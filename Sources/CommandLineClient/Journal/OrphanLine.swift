import CopyContract
package import CopyDomain
package import CopyJournal

/// What a run may have left in Azure, as one line for people or as JSON.
package struct OrphanLine: Sendable {
    private let debt: RecordedObligation
    /// Whether the run that owes it has ended; before, the run answers for it.
    private let hasEnded: Bool
    private let now: Timestamp

    package init(_ debt: RecordedObligation, hasEnded: Bool, now: Timestamp) {
        self.debt = debt
        self.hasEnded = hasEnded
        self.now = now
    }

    /// `dr-1  invoices-eastus  the model 1234  waits until 2026-11-21T12:00:00.000Z: it is still running`
    package var text: String {
        let finding = debt.finding.map { ": " + Printable.line($0, limit: 1000) } ?? ": " + reason
        return "\(debt.request.rawValue)  \(debt.obligation.resource.rawValue)  \(debt.obligation.subject.text)  "
            + state + finding
    }

    package var json: String {
        let subject = debt.obligation.subject
        let value = JSONValue.fields([
            "number": .integer(Int(debt.number)), "requestId": .string(debt.request.rawValue),
            "run": .integer(debt.run), "resource": .string(debt.obligation.resource.rawValue),
            "type": .string(subject.type), "id": id.map(JSONValue.string), "name": name.map(JSONValue.string),
            "suspects": suspects.map { .array($0.map(JSONValue.string)) },
            "due": .string(debt.obligation.due.rfc3339), "nextLook": debt.nextLook.map { .string($0.rfc3339) },
            "needsPerson": .bool(debt.nextLook == nil), "reason": .string(reason),
            "finding": debt.finding.map { .string(Printable.line($0, limit: 1000)) },
        ])
        return String(decoding: JSONText.encode(value), as: UTF8.self)
    }

    private var reason: String { Printable.line(debt.obligation.reason, limit: 1000) }

    private var state: String {
        guard let next = debt.nextLook else { return "needs a person" }
        if !hasEnded { return "belongs to a request that is under way" }
        return next <= now ? "is due" : "waits until \(next.rfc3339)"
    }

    private var id: String? {
        switch debt.obligation.subject {
        case .model(let id), .reservation(let id), .project(let id): id
        case .emptyModel, .projectName: nil
        }
    }

    private var name: String? {
        guard case .projectName(let name) = debt.obligation.subject else { return nil }
        return name
    }

    private var suspects: [String]? {
        guard case .emptyModel(_, _, let suspects) = debt.obligation.subject else { return nil }
        return suspects
    }
}
