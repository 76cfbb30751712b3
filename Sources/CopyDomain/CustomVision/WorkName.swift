/// The name an import runs under, which no other request, run or attempt uses.
///
/// It begins like the final name, for the eyes of people who see it in the portal meanwhile.
struct WorkName: Hashable, Sendable {
    /// How much of the final name is shown, in Unicode scalars.
    static let shown = 64

    let text: String

    init(_ finalName: String, plan: CopyPlan, attempt: Int) {
        // A further run of the same id has another moment of acceptance.
        let hash = StableHash(
            plan.request.id.rawValue,
            String(plan.acceptedAt.milliseconds),
            plan.source.name.rawValue,
            plan.target.name.rawValue,
            String(attempt)
        )
        let start = String(String.UnicodeScalarView(finalName.unicodeScalars.prefix(Self.shown)))
        // Azure might trim what it is given, and the name could not be found again.
        let trimmed = String(start.drop(while: \.isWhitespace))
        let mark = "[copy \(hash.hexadecimal)-\(attempt)]"
        text = trimmed.isEmpty ? mark : "\(trimmed) \(mark)"
    }
}
