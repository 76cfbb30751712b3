import CopyDomain
import Logging

@testable import AzureAI

/// Identities for tests.
enum Identities {
    static let secret = Secret("canary~client.secret_1")
    static let application = EntraApplication(
        authority: "https://login.example",
        tenant: "contoso.example",
        clientID: "client-1"
    )
    static let scope = "https://cognitiveservices.azure.com/.default"

    static func withSecret(
        _ read: @escaping SecretSourceReading = { SecretReading(secret) }
    ) -> EntraIdentity {
        EntraIdentity(name: "contoso", way: .clientSecret(application, secret: read), scope: scope)
    }

    static func store(
        _ http: any HTTPSending,
        clock: any Clock<Duration>,
        identity: EntraIdentity = withSecret(),
        logger: Logger = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
    ) -> TokenStore {
        TokenStore(
            identity,
            http: http,
            timeline: Timeline(clock),
            wallClock: { Plans.now },
            random: { 1 },
            userAgent: "azure-copy-worker/test",
            logger: logger
        )
    }

    static func token(_ text: String, lifetime: Int = 3600) -> HTTPResponse {
        .json(200, #"{"token_type":"Bearer","expires_in":\#(lifetime),"access_token":"\#(text)"}"#)
    }

    static let badSecret = HTTPResponse.json(
        401,
        """
        {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. \
        Secret was canary~client.secret_1.","error_codes":[7000215],"trace_id":"t","correlation_id":"c"}
        """
    )
}
