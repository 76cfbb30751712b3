/// What the directory remembers of a token that it gave out.
struct AccessToken: Sendable, Equatable {
    let clientID: String
    let tenant: String
    let audience: String
    let expiresAt: Moment
}

/// Who asks for a token, and how.
struct TokenRequest: Sendable, Hashable {
    let kind: Kind
    /// The client id if the directory knows it, else `unknown`.
    let client: String

    enum Kind: String, Sendable, CaseIterable {
        case clientSecret, federated, imds, appService
    }

    static let unknownClient = "unknown"
}

/// How often tokens were asked for, never which.
struct TokenRequestLog: Sendable {
    private struct Count: Sendable {
        var issued = 0
        var refused = 0
    }

    private var counts: [TokenRequest: Count] = [:]

    mutating func issued(_ request: TokenRequest) {
        counts[request, default: Count()].issued += 1
    }

    mutating func refused(_ request: TokenRequest) {
        counts[request, default: Count()].refused += 1
    }

    /// By kind, then by client.
    var json: JSON {
        .object(
            TokenRequest.Kind.allCases.map { kind in
                let clients = counts.filter { $0.key.kind == kind }.sorted { $0.key.client < $1.key.client }
                return .init(
                    kind.rawValue,
                    .object(
                        clients.map { request, count in
                            .init(
                                request.client,
                                ["issued": .count(count.issued), "refused": .count(count.refused)]
                            )
                        }
                    )
                )
            }
        )
    }
}
