/// How an Operation-Location is bent.
enum LocationBend: Sendable, Equatable {
    /// It names a host that is not the resource's.
    case foreignHost
    /// Its path is spelled in capitals.
    case otherCase
    /// It names another API version, which works as well.
    case otherVersion

    /// A host that exists nowhere (RFC 6761).
    static let foreignBase = "https://elsewhere.invalid"
}

extension String {
    /// The same URL with capitals behind `base`.
    func uppercasingPath(after base: String) -> String {
        base + dropFirst(base.count).uppercased()
    }
}
