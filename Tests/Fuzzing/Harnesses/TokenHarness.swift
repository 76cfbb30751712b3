import CopyDomain

@testable import AzureAI

/// Token endpoints of every way to an identity. The first byte says which.
enum TokenHarness: Harness {
    static let name = "tokens"

    private static let application = EntraApplication(
        authority: "https://login.example.com",
        tenant: "contoso.example.com",
        clientID: "11111111-2222-3333-4444-555555555555"
    )

    static func run(_ input: [UInt8]) {
        guard let letter = input.first else { return }
        let (way, host) = way(letter)
        let identity = EntraIdentity(name: "pool", way: way, scope: "https://cognitiveservices.azure.com/.default")
        let http = ScriptedAzure(
            InputText.parts(input.dropFirst(2)).map(HTTPResponse.init),
            hosts: [Canary.clientSecret: host]
        )
        // Instance metadata is asked without a secret, so that none can be taken out of what it says.
        let secrets = if case .instanceMetadata = way { [String]() } else { [Canary.clientSecret] }
        let (logger, pages) = LogBook.logger()
        let plan = World.plan(.documentIntelligence4_0, kind: .documentModel)
        let access = [
            World.source.name: ResourceAccess(
                endpoint: World.source.endpoint,
                credential: .entraID(identity),
                budget: .formRecognizer
            )
        ]
        let client = World.client(http, logger: logger, access: access)
        let results = waiting {
            var results: [Result<Proof, CallFailure>] = []
            // Twice: what the first answer left behind is met by the second asker.
            for _ in 0..<2 {
                let permit = try? await client.permit(
                    .documentIntelligence(.getSource),
                    plan: plan,
                    within: .seconds(60)
                )
                if let result = permit?.proof { results.append(result) }
            }
            return results
        }
        for result in results {
            switch result {
            case .success(let proof):
                Tally.count("tokens")
                let token = proof.secret.reveal()
                holds(token.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "a token that breaks its header")
                Canary.require([token].filter { $0.utf8.count >= 16 }, hiddenIn: pages.text, "a log line")
            case .failure(let failure):
                Tally.count("failed.\(failure.code.rawValue)")
                AnswerHarness.check(failure, secrets: secrets)
            }
        }
        Canary.require(secrets, hiddenIn: pages.text, "a log line")
        Canary.require(secrets, hiddenIn: client.credentialTroubles.joined(), "a trouble")
    }

    private static func way(_ letter: UInt8) -> (EntraIdentity.Way, host: String) {
        let secret: SecretSourceReading = { SecretReading(Secret(Canary.clientSecret)) }
        switch letter {
        case UInt8(ascii: "w"): return (.workload(application, assertion: secret), "login.example.com")
        case UInt8(ascii: "m"):
            return (.instanceMetadata(endpoint: "http://169.254.169.254", .systemAssigned), "169.254.169.254")
        case UInt8(ascii: "a"):
            return (
                .appService(
                    endpoint: "https://identity.example.com/msi/token?x=1",
                    header: Secret(Canary.clientSecret),
                    .clientID("me")
                ),
                "identity.example.com"
            )
        default: return (.clientSecret(application, secret: secret), "login.example.com")
        }
    }
}
