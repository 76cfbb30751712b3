import CopyDomain

/// Requests for tokens, one way by one.
enum TokenRequests {
    /// What a person sees in logs and messages.
    static func label(_ way: EntraIdentity.Way) -> String {
        switch way {
        case .clientSecret, .workload: "POST /{tenant}/oauth2/v2.0/token"
        case .instanceMetadata: "GET /metadata/identity/oauth2/token"
        case .appService: "GET IDENTITY_ENDPOINT"
        }
    }

    /// - Parameter secret: the client secret or the assertion, for the ways that have one.
    /// - Throws: what is wrong with the configured addresses.
    static func request(
        for identity: EntraIdentity,
        secret: Secret?,
        userAgent: String,
        timeout: Duration
    ) throws(TokenFailure) -> HTTPRequest {
        var headers = [
            HTTPRequest.Header("Accept", Secret("application/json")),
            HTTPRequest.Header("User-Agent", Secret(userAgent)),
        ]
        var method = HTTPRequest.Method.get
        var body: Secret?
        var isDirect = true
        let url: String
        switch identity.way {
        case .clientSecret(let application, _):
            url = try tokenURL(application)
            body = form([
                ("client_id", application.clientID), ("scope", identity.scope),
                ("client_secret", secret?.reveal() ?? ""), ("grant_type", "client_credentials"),
            ])
            isDirect = false
        case .workload(let application, _):
            url = try tokenURL(application)
            body = form([
                ("client_id", application.clientID), ("scope", identity.scope),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", secret?.reveal() ?? ""), ("grant_type", "client_credentials"),
            ])
            isDirect = false
        case .instanceMetadata(let endpoint, let choice):
            var query = [("api-version", "2018-02-01"), ("resource", resource(of: identity.scope))]
            switch choice {
            case .systemAssigned: break
            case .clientID(let id): query.append(("client_id", id))
            case .objectID(let id): query.append(("object_id", id))
            case .resourceID(let id): query.append(("msi_res_id", id))
            }
            url = try origin(endpoint) + "/metadata/identity/oauth2/token?" + encode(query)
            headers.append(HTTPRequest.Header("Metadata", Secret("true")))
        case .appService(let endpoint, let header, let choice):
            var query = [("api-version", "2019-08-01"), ("resource", resource(of: identity.scope))]
            switch choice {
            case .systemAssigned: break
            case .clientID(let id): query.append(("client_id", id))
            case .objectID(let id): query.append(("principal_id", id))
            case .resourceID(let id): query.append(("mi_res_id", id))
            }
            url = endpoint + (endpoint.contains("?") ? "&" : "?") + encode(query)
            headers.append(HTTPRequest.Header("X-IDENTITY-HEADER", header))
        }
        if body != nil {
            method = .post
            headers.append(HTTPRequest.Header("Content-Type", Secret("application/x-www-form-urlencoded")))
        }
        return HTTPRequest(
            method: method,
            url: Secret(url),
            label: label(identity.way),
            headers: headers,
            body: body,
            timeout: timeout,
            isDirect: isDirect
        )
    }

    private static func tokenURL(_ application: EntraApplication) throws(TokenFailure) -> String {
        guard let tenant = PercentEncoding.pathSegment(application.tenant) else {
            throw TokenFailure(verdict: .refused(.credentialMissing), message: "the tenant is no id or domain")
        }
        return try origin(application.authority) + "/\(tenant)/oauth2/v2.0/token"
    }

    private static func origin(_ text: String) throws(TokenFailure) -> String {
        guard let endpoint = Endpoint(text) else {
            throw TokenFailure(
                verdict: .refused(.credentialMissing),
                message: "its address is not of the form https://host or https://host:port"
            )
        }
        return endpoint.origin.hasSuffix("/") ? String(endpoint.origin.dropLast()) : endpoint.origin
    }

    /// The two endpoints for managed identities take the audience where the others take a scope.
    private static func resource(of scope: String) -> String {
        let suffix = "/.default"
        return scope.hasSuffix(suffix) ? String(scope.dropLast(suffix.count)) : scope
    }

    private static func form(_ fields: [(String, String)]) -> Secret { Secret(encode(fields)) }

    private static func encode(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    }
}
