extension EntraDirectory {
    /// What a path of the directory's doors asks for.
    enum Route: FamilyRoute {
        /// `POST /{tenant}/oauth2/v2.0/token`
        case token(tenant: String)
        /// `GET /{tenant}/v2.0/.well-known/openid-configuration`, which the vendor's libraries read first.
        case openIDConfiguration(tenant: String)
        /// `GET /metadata/identity/oauth2/token`, as a virtual machine has it.
        case imdsToken
        /// `GET /msi/token`, as App Service and Container Apps have it.
        case appServiceToken

        var call: Call {
            switch self {
            case .token: Call(name: "token", budget: .management)
            case .openIDConfiguration: Call(name: "openIDConfiguration", budget: .list)
            case .imdsToken: Call(name: "imdsToken", budget: .management)
            case .appServiceToken: Call(name: "appServiceToken", budget: .management)
            }
        }

        var needsLength: Bool { false }
    }

    /// Where App Service's endpoint lies.
    static let identityPath = "/msi/token"

    static let calls = [
        Route.token(tenant: ""), .openIDConfiguration(tenant: ""), .imdsToken, .appServiceToken,
    ].map(\.call)

    static func route(_ request: EmulatedRequest) -> Route? {
        let path = request.lowercased
        switch (request.method, path.count) {
        case ("POST", 4) where path.dropFirst().elementsEqual(["oauth2", "v2.0", "token"]):
            return .token(tenant: path[0])
        case ("GET", 4) where path.dropFirst().elementsEqual(["v2.0", ".well-known", "openid-configuration"]):
            return .openIDConfiguration(tenant: path[0])
        case ("GET", 4) where path == ["metadata", "identity", "oauth2", "token"]: return .imdsToken
        case ("GET", 2) where path == ["msi", "token"]: return .appServiceToken
        case _: return nil
        }
    }
}
