/// The token endpoint with the grant `client_credentials`.
extension EntraDirectory {
    static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// The form of a token request.
    struct Form: Sendable {
        private let fields: Query

        init(_ body: [UInt8]) {
            fields = Query(Substring(String(decoding: body, as: UTF8.self)))
        }

        /// A field that is there and says something.
        subscript(_ name: String) -> String? {
            fields[name].flatMap { $0.isEmpty ? nil : $0 }
        }

        func required(_ name: String) throws(EntraRefusal) -> String {
            guard let value = self[name] else { throw .missing(name) }
            return value
        }

        var kind: TokenRequest.Kind {
            self["client_assertion"] == nil ? .clientSecret : .federated
        }
    }

    /// What a client that proves itself may have.
    func grant(_ form: Form, tenant name: String, at now: Moment) throws(EntraRefusal) -> AccessToken {
        guard let tenant = tenant(name) else { throw .unknownTenant(name) }
        let grant = try form.required("grant_type")
        guard grant == "client_credentials" else { throw .unsupportedGrant(grant) }
        let id = try form.required("client_id")
        guard let client = tenant.clients.first(where: { $0.id.isSame(as: id) }) else {
            throw .unknownClient(id, tenant: tenant.id)
        }
        if let assertion = form["client_assertion"] {
            let type = form["client_assertion_type"] ?? ""
            guard type == Self.assertionType else { throw .wrongAssertionType(type) }
            try check(assertion, of: client, at: now)
        } else if let secret = form["client_secret"] {
            guard client.secrets.contains(secret) else { throw .wrongSecret(client: client.id) }
        } else {
            throw .noCredential
        }
        return AccessToken(
            clientID: client.id,
            tenant: tenant.id,
            audience: try audience(ofScope: form.required("scope"), tenant: tenant.id),
            expiresAt: now.after(seconds: Double(tokenSeconds))
        )
    }

    private func audience(ofScope scope: String, tenant: String) throws(EntraRefusal) -> String {
        let suffix = "/.default"
        guard scope.hasSuffix(suffix) else { throw .noDefaultScope(scope) }
        let name = String(scope.dropLast(suffix.utf8.count))
        guard name.contains(":") else { throw .invalidScope(scope) }
        guard let audience = audience(name) else { throw .unknownResource(name, tenant: tenant) }
        return audience
    }

    private func check(
        _ assertion: String,
        of client: EntraTenantSeed.Client,
        at now: Moment
    ) throws(EntraRefusal) {
        if client.federated.contains(where: { $0.token == assertion }) { return }
        guard let claims = JSONWebToken(assertion) else { throw .malformedAssertion }
        let expiry = Moment(nanoseconds: 0).after(seconds: min(max(claims.exp, 0), 7_258_118_400))
        guard now < expiry else { throw .expiredAssertion(expiry: expiry, now: now) }
        let issued = client.federated.filter { $0.issuer == claims.iss }
        guard !issued.isEmpty else { throw .unmatched(issuer: claims.iss) }
        let subjects = issued.filter { $0.subject == claims.sub }
        guard let first = subjects.first else { throw .unmatched(subject: claims.sub) }
        guard subjects.contains(where: { claims.aud.names($0.audience) }) else {
            throw .unmatched(audience: first.audience)
        }
    }
}
