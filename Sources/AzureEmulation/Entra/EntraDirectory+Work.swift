extension EntraDirectory {
    /// Does what a request to one of the directory's doors asks for, and writes down that it was asked.
    mutating func answer(
        _ route: Route,
        _ request: EmulatedRequest,
        at now: Moment,
        in premises: inout Premises
    ) -> EmulatedAnswer {
        switch route {
        case .token(let tenant): tokenAnswer(tenant, request, at: now, in: &premises)
        case .openIDConfiguration(let tenant): Self.openIDConfiguration(self.tenant(tenant), tenant, request, at: now)
        case .imdsToken: imdsAnswer(request, at: now, in: &premises)
        case .appServiceToken: appServiceAnswer(request, at: now, in: &premises)
        }
    }

    private mutating func tokenAnswer(
        _ tenant: String,
        _ request: EmulatedRequest,
        at now: Moment,
        in premises: inout Premises
    ) -> EmulatedAnswer {
        let form = Form(request.body)
        let client = form["client_id"].flatMap { id in
            self.tenant(tenant)?.clients.first { $0.id.isSame(as: id) }?.id
        }
        let asked = TokenRequest(kind: form.kind, client: client ?? TokenRequest.unknownClient)
        do throws(EntraRefusal) {
            let token = try grant(form, tenant: tenant, at: now)
            return Self.granted(giveOut(token, asked, in: &premises), seconds: tokenSeconds)
        } catch {
            premises.ledger.tokenRequests.refused(asked)
            return Self.refused(error, request, at: now)
        }
    }

    private mutating func imdsAnswer(
        _ request: EmulatedRequest,
        at now: Moment,
        in premises: inout Premises
    ) -> EmulatedAnswer {
        var asked = TokenRequest(kind: .imds, client: TokenRequest.unknownClient)
        do throws(IdentityRefusal) {
            try checkMetadata(request)
            let identity = try identity(for: request.query)
            asked = TokenRequest(kind: .imds, client: identity.clientId)
            let token = try grant(request.query, to: identity, at: now)
            return Self.granted(imds: giveOut(token, asked, in: &premises), token, at: now)
        } catch {
            premises.ledger.tokenRequests.refused(asked)
            return Self.refused(imds: error)
        }
    }

    private mutating func appServiceAnswer(
        _ request: EmulatedRequest,
        at now: Moment,
        in premises: inout Premises
    ) -> EmulatedAnswer {
        var asked = TokenRequest(kind: .appService, client: TokenRequest.unknownClient)
        do throws(IdentityRefusal) {
            try checkAppService(request)
            let identity = try identity(for: request.query)
            asked = TokenRequest(kind: .appService, client: identity.clientId)
            let token = try grant(request.query, to: identity, at: now)
            return Self.granted(appService: giveOut(token, asked, in: &premises), token)
        } catch {
            premises.ledger.tokenRequests.refused(asked)
            return Self.refused(appService: error, request)
        }
    }

    private mutating func giveOut(
        _ token: AccessToken,
        _ asked: TokenRequest,
        in premises: inout Premises
    ) -> String {
        let text = issue(token, random: &premises.random)
        premises.ledger.tokenRequests.issued(asked)
        premises.ledger.gaveOut(token: text)
        return text
    }

    private static func openIDConfiguration(
        _ tenant: EntraTenantSeed?,
        _ name: String,
        _ request: EmulatedRequest,
        at now: Moment
    ) -> EmulatedAnswer {
        guard let tenant else { return refused(.unknownTenant(name), request, at: now) }
        let base = "\(request.base)/\(tenant.id)"
        return answer(
            .ok,
            [
                "token_endpoint": .string("\(base)/oauth2/v2.0/token"),
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
                "issuer": .string("\(base)/v2.0"),
                "authorization_endpoint": .string("\(base)/oauth2/v2.0/authorize"),
                "jwks_uri": .string("\(base)/discovery/v2.0/keys"),
            ]
        )
    }
}
