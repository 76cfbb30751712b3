/// How the doors of the directory word what they say.
extension EntraDirectory {
    static func granted(_ text: String, seconds: Int) -> EmulatedAnswer {
        answer(
            .ok,
            [
                "token_type": "Bearer", "expires_in": .count(seconds), "ext_expires_in": .count(seconds),
                "access_token": .string(text),
            ]
        )
    }

    /// Every number is a string here, as the metadata service writes them.
    static func granted(imds text: String, _ token: AccessToken, at now: Moment) -> EmulatedAnswer {
        let seconds = String(token.expiresAt.unixSeconds - now.unixSeconds)
        return answer(
            .ok,
            [
                "access_token": .string(text), "client_id": .string(token.clientID),
                "expires_in": .string(seconds), "expires_on": .string(String(token.expiresAt.unixSeconds)),
                "ext_expires_in": .string(seconds), "not_before": .string(String(now.unixSeconds)),
                "resource": .string(token.audience), "token_type": "Bearer",
            ]
        )
    }

    static func granted(appService text: String, _ token: AccessToken) -> EmulatedAnswer {
        answer(
            .ok,
            [
                "access_token": .string(text), "expires_on": .string(String(token.expiresAt.unixSeconds)),
                "resource": .string(token.audience), "token_type": "Bearer", "client_id": .string(token.clientID),
            ]
        )
    }

    static func refused(_ refusal: EntraRefusal, _ request: EmulatedRequest, at now: Moment) -> EmulatedAnswer {
        let time = now.wholeSeconds.replacing("T", with: " ")
        let correlation = request.header("client-request-id") ?? request.requestID
        let description = """
            AADSTS\(refusal.code): \(refusal.sentence) Trace ID: \(request.requestID) \
            Correlation ID: \(correlation) Timestamp: \(time)
            """
        return answer(
            refusal.status,
            [
                "error": .string(refusal.error), "error_description": .string(description),
                "error_codes": [.count(refusal.code)], "timestamp": .string(time),
                "trace_id": .string(request.requestID), "correlation_id": .string(correlation),
                "error_uri": .string("https://login.microsoftonline.com/error?code=\(refusal.code)"),
            ]
        )
    }

    static func refused(imds refusal: IdentityRefusal) -> EmulatedAnswer {
        switch refusal {
        case .noIdentity: plain(.badRequest, "invalid_request", "Identity not found")
        case .severalIdentities:
            plain(
                .badRequest,
                "invalid_request",
                "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"
            )
        case .unknownResource(let name, let tenant):
            plain(
                .badRequest,
                "invalid_resource",
                "AADSTS500011: " + EntraRefusal.unknownResource(name, tenant: tenant).sentence
            )
        case .missing(let name):
            plain(.badRequest, "invalid_request", "Required query variable '\(name)' is missing")
        case .forwarded:
            plain(.badRequest, "invalid_request", "A request with the header X-Forwarded-For is not served")
        case .noHeader: plain(.badRequest, "bad_request_102", "Required metadata header not specified")
        case .badVersion: plain(.badRequest, "invalid_request", "Bad request. api-version is invalid or not supported")
        }
    }

    static func refused(appService refusal: IdentityRefusal, _ request: EmulatedRequest) -> EmulatedAnswer {
        let (status, message): (EmulatedAnswer.Status, String) =
            switch refusal {
            case .noIdentity, .severalIdentities:
                (
                    .badRequest,
                    "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId."
                )
            case .unknownResource(let name, let tenant):
                (.badRequest, "AADSTS500011: " + EntraRefusal.unknownResource(name, tenant: tenant).sentence)
            case .missing(let name): (.badRequest, "The query parameter '\(name)' is required.")
            case .forwarded, .noHeader: (.unauthorized, "The header X-IDENTITY-HEADER is missing or wrong.")
            case .badVersion(let version): (.badRequest, "The api-version '\(version)' is not supported.")
            }
        return answer(
            status,
            [
                "statusCode": .count(status.rawValue), "message": .string(message),
                "correlationId": .string(request.requestID),
            ]
        )
    }

    /// What a fault says instead of the directory; the words are a guess, the statuses are documented.
    static func refusal(_ refusal: GatewayRefusal) -> EmulatedAnswer {
        switch refusal {
        case .throttled(let seconds):
            var answer = plain(.tooManyRequests, "temporarily_unavailable", "Too many requests; try again later.")
            answer.headers.append(.init("Retry-After", String(seconds)))
            return answer
        case .internalError: return plain(.internalServerError, "server_error", "An internal error occurred.")
        case .unavailable:
            return plain(.serviceUnavailable, "temporarily_unavailable", "The service is temporarily unavailable.")
        case .retired: return plain(.gone, "gone", "The endpoint is being updated.")
        case .notFound: return plain(.notFound, "not_found", "The endpoint is being updated.")
        }
    }

    private static func plain(_ status: EmulatedAnswer.Status, _ error: String, _ text: String) -> EmulatedAnswer {
        answer(status, ["error": .string(error), "error_description": .string(text)])
    }

    static func answer(_ status: EmulatedAnswer.Status, _ body: JSON) -> EmulatedAnswer {
        var answer = EmulatedAnswer.json(status, body, dressing: .bare)
        answer.headers = [.init("Cache-Control", "no-store, no-cache"), .init("Pragma", "no-cache")]
        return answer
    }
}
