import CopyContract
package import CopyDomain
package import CopyJournal

/// What a run may have left in Azure, as one line for people or as JSON.
package struct OrphanLine: Sendable {
    /// What the journal says about the request that owes it.
    package enum Debtor: Hashable, Sendable {
        /// Its run answers for it.
        case underWay
        case ended
        /// It was forgotten.
        case unknown
        /// Its record is damaged.
        case unreadable(String)
    }

    private let obligation: RecordedObligation
    private let debtor: Debtor
    private let now: Timestamp

    package init(_ obligation: RecordedObligation, of debtor: Debtor, now: Timestamp) {
        self.obligation = obligation
        self.debtor = debtor
        self.now = now
    }

    package static let listing = Listing(
        columns: ["NUMBER", "REQUEST", "RESOURCE", "WHAT", "STATE"],
        nothing: "nothing is owed"
    )

    /// `7  dr-1  invoices-eastus  the model 1234  waits until 2026-11-21T12:00:00.000Z: it is still running`
    package var text: String {
        let finding = obligation.finding.map { Printable.line($0, limit: 1000) } ?? reason
        return [
            "\(obligation.number)", obligation.request.rawValue, obligation.resource.rawValue, obligation.subject.text,
            "\(state): \(finding)",
        ].joined(separator: "  ")
    }

    package var json: String {
        JSONText.line(
            .fields([
                "number": .integer(Int(obligation.number)), "requestId": .string(obligation.request.rawValue),
                "run": .integer(obligation.run), "resource": .string(obligation.resource.rawValue),
                "type": .string(obligation.subject.type), "id": id.map(JSONValue.string),
                "name": name.map(JSONValue.string), "suspects": suspects.map { .array($0.map(JSONValue.string)) },
                "due": .string(obligation.due.rfc3339), "nextLook": .string(obligation.nextLook.rfc3339),
                "needsPerson": .bool(obligation.needsPerson), "reason": .string(reason),
                "finding": obligation.finding.map { .string(Printable.line($0, limit: 1000)) },
                "unreadable": damage.map(JSONValue.string),
            ])
        )
    }

    private var reason: String { Printable.line(obligation.reason, limit: 1000) }

    private var damage: String? {
        guard case .unreadable(let message) = debtor else { return nil }
        return Printable.line(message, limit: 1000)
    }

    private var state: String {
        if let damage { return "its request cannot be read (\(damage))" }
        if obligation.needsPerson { return "needs a person" }
        if debtor == .underWay { return "belongs to a request that is under way" }
        return obligation.nextLook <= now ? "is due" : "waits until \(obligation.nextLook.rfc3339)"
    }

    private var id: String? {
        switch obligation.subject {
        case .model(let id), .reservation(let id), .project(let id): id
        case .emptyModel, .projectName: nil
        }
    }

    private var name: String? {
        guard case .projectName(let name) = obligation.subject else { return nil }
        return name
    }

    private var suspects: [String]? {
        guard case .emptyModel(_, _, let suspects) = obligation.subject else { return nil }
        return suspects
    }
}

extension UnreadableObligation {
    /// As the others' lines.
    package var text: String { "\(number)  cannot be read and needs a person: \(Printable.line(message, limit: 1000))" }

    package var json: String {
        JSONText.line(
            .fields([
                "number": .integer(Int(number)), "needsPerson": .bool(true),
                "unreadable": .string(Printable.line(message, limit: 1000)),
            ])
        )
    }
}
