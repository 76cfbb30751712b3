/// One value that took effect, fit to be shown.
struct EffectiveEntry: Hashable, Sendable {
    enum Value: Hashable, Sendable {
        /// Needs no quotation marks.
        case plain(String)
        case text(String)
        case list([String])
    }

    enum Origin: Hashable, Sendable {
        case file
        case variable(String)
        /// The default.
        case builtIn
    }

    let path: [String]
    let value: Value
    let origin: Origin
}
