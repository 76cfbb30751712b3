import CopyDomain

/// Answers of token endpoints: of Entra ID, of the metadata service, of App Service.
struct TokenAnswers: Sendable {
    let redaction: Redaction
    /// What a moment of expiry counts from when the answer has no Date.
    let now: Timestamp
    let way: EntraIdentity.Way

    /// - Throws: what the endpoint said instead, without secrets.
    func grant(_ response: HTTPResponse) throws(TokenFailure) -> TokenGrant {
        guard response.status == 200 else { throw failure(response) }
        guard let body = JSONBody.decode(Body.self, from: response.body), let token = body.accessToken,
            let lifetime = body.lifetime(at: response.serviceDate ?? now),
            Proof(Secret(token), .token(number: 0)) != nil
        else {
            throw TokenFailure(
                verdict: .transient(.unexpectedAnswer, retryAfter: nil),
                message: "the token endpoint answered with a body that this worker does not understand"
            )
        }
        guard lifetime > .zero else {
            throw TokenFailure(
                verdict: .transient(.unexpectedAnswer, retryAfter: nil),
                message: "the token endpoint gave a token that has expired already"
            )
        }
        return TokenGrant(token: Secret(token), lifetime: lifetime, refreshIn: body.refreshIn?.duration)
    }

    private func failure(_ response: HTTPResponse) -> TokenFailure {
        let body = JSONBody.decode(ErrorBody.self, from: Array(response.body.prefix(64 * 1024)))
        let error = body?.error
        let said = [error, body?.description ?? body?.message].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: ": ")
        let text = said.isEmpty ? "" : ": \(redaction.clean(said, limit: 500))"
        return TokenFailure(
            verdict: verdict(response, error),
            message: "the token endpoint answered with HTTP \(response.status)\(text)"
        )
    }

    private var isMetadataService: Bool {
        switch way {
        case .instanceMetadata: true
        case .clientSecret, .workload, .appService: false
        }
    }

    private func verdict(_ response: HTTPResponse, _ error: String?) -> TokenFailure.Verdict {
        let pause = RetryAfter.pause(asked: response, now: now)
        switch response.status {
        case 429: return .transient(.throttled, retryAfter: pause)
        case 408, 500...599: return .transient(.azureUnavailable, retryAfter: pause)
        // What the metadata service answers while it is being updated, up to 70 s long.
        case 404 where isMetadataService, 410 where isMetadataService:
            return .transient(.azureUnavailable, retryAfter: pause)
        case 400...499:
            switch error {
            case "temporarily_unavailable", "server_error":
                return .transient(.azureUnavailable, retryAfter: pause)
            default: return .refused(.credentialRefused)
            }
        default: return .transient(.unexpectedAnswer, retryAfter: pause)
        }
    }

    /// Numbers come as numbers or as texts.
    private struct Seconds: Decodable {
        let value: Int64

        var duration: Duration { .seconds(value) }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = Int64(max(0, min(number, 4e9)))
            } else {
                let text = try container.decode(String.self)
                guard let number = Int64(text) else {
                    throw DecodingError.dataCorruptedError(in: container, debugDescription: "no number")
                }
                value = max(0, min(number, 4_000_000_000))
            }
        }
    }

    private struct Body: Decodable {
        let accessToken: String?
        let expiresIn: Seconds?
        /// Seconds since 1970.
        let expiresOn: Seconds?
        let refreshIn: Seconds?

        private enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case expiresIn = "expires_in"
            case expiresOn = "expires_on"
            case refreshIn = "refresh_in"
        }

        func lifetime(at now: Timestamp) -> Duration? {
            if let expiresIn { return expiresIn.duration }
            return expiresOn.map { Timestamp(milliseconds: $0.value * 1000).since(now) }
        }
    }

    /// OAuth's `error` and `error_description`, or `message` of App Service.
    private struct ErrorBody: Decodable {
        let error: String?
        let description: String?
        let message: String?

        private enum CodingKeys: String, CodingKey {
            case error
            case description = "error_description"
            case message
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            error = try? container.decode(String.self, forKey: .error)
            description = try? container.decode(String.self, forKey: .description)
            message = try? container.decode(String.self, forKey: .message)
        }
    }
}
