import CopyDomain

/// What the URL of an import token tells besides giving access (azure-copy-apis.md 7.3).
enum ImportToken {
    /// The `se` of the SAS: when the token stops to work.
    static func expiration(of token: Secret) -> Timestamp? {
        parameter("se", of: token).flatMap(PercentEncoding.decode).flatMap { ServiceDate.timestamp(iso8601: $0) }
    }

    /// The signature as it stands in the token and in plain: the part that gives access.
    static func signatures(of token: Secret) -> [String] {
        guard let signature = parameter("sig", of: token) else { return [] }
        return [signature] + [PercentEncoding.decode(signature)].compactMap(\.self)
    }

    private static func parameter(_ name: String, of token: Secret) -> String? {
        token.reveal().split(separator: "?", maxSplits: 1).last?
            .split(separator: "&").first { $0.hasPrefix("\(name)=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }
}
