/// A kind of call, by the name that faults and reports use.
struct Call: Sendable, Hashable {
    let name: String
    let budget: Budget

    /// The groups that Azure counts calls in (azure-copy-apis.md 4).
    enum Budget: Sendable, Hashable {
        case management, status, list
    }

    /// A request that no family knows.
    static let unknown = Call(name: "unknown", budget: .management)
}
