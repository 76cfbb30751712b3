/// Whose tokens an application trusts as its own proof: one token to the letter, or all that name issuer and subject.
///
/// Signatures are not checked: the emulator has no keys of other issuers.
package struct FederatedCredential: Sendable, Equatable, Decodable {
    /// The whole assertion, for a test that has no issuer.
    package var token: String?
    package var issuer: String?
    package var subject: String?
    package var audience: String

    package static let usualAudience = "api://AzureADTokenExchange"

    package init(
        token: String? = nil,
        issuer: String? = nil,
        subject: String? = nil,
        audience: String = usualAudience
    ) {
        self.token = token
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case token, issuer, subject, audience
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        token = try values.decodeIfPresent(String.self, forKey: .token)
        issuer = try values.decodeIfPresent(String.self, forKey: .issuer)
        subject = try values.decodeIfPresent(String.self, forKey: .subject)
        audience = try values.decodeIfPresent(String.self, forKey: .audience) ?? Self.usualAudience
        guard token != nil || issuer != nil && subject != nil else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "Give the token, or the issuer and the subject of its tokens."
                )
            )
        }
    }
}
