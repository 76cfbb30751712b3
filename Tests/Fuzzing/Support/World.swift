import AzureAI
import CopyDomain
import CopyRuntime
import Logging

/// Resources, routes and plans that the harnesses share.
enum World {
    /// 2026-11-21T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1_795_262_400_000)
    static let sourceHost = "source.example.com"
    static let targetHost = "target.example.com"
    static let hosts = [Canary.sourceKey: sourceHost, Canary.targetKey: targetHost]

    static let source = frozen("source-0", host: sourceHost)
    static let target = frozen("target-0", host: targetHost)

    static let catalogue: ResourceCatalogue = {
        var resources: [ResourceName: ResourceCatalogue.Resource] = [:]
        for frozen in [source, target] {
            resources[frozen.name] = ResourceCatalogue.Resource(
                frozen: frozen,
                apiVersions: [
                    .documentModel: .formRecognizer2_1, .documentClassifier: .documentIntelligence4_0,
                    .visionProject: .customVision3_3,
                ],
                maxInFlight: 10,
                allowsReplacing: true
            )
        }
        let route = ResourceCatalogue.Route(source: source.name, target: target.name, kinds: Set(CopyKind.allCases))
        return ResourceCatalogue(resources: resources, routes: [route])
    }()

    static func plan(_ version: APIVersion, kind: CopyKind) -> CopyPlan {
        CopyPlan(
            request: CopyRequest(
                id: required(RequestID(rawValue: "dr-1")),
                kind: kind,
                source: CopySource(resource: source.name, item: .id(required(ItemID(rawValue: "model-0")))),
                target: CopyTarget(
                    resource: target.name,
                    id: version.family == .documentIntelligence ? ItemID(rawValue: "invoices-2026") : nil
                ),
                apiVersion: version,
                deadline: nil
            ),
            source: source,
            target: target,
            acceptedAt: noon,
            deadline: noon + .seconds(3600),
            limits: MachineLimits()
        )
    }

    static func client(
        _ http: ScriptedAzure,
        logger: Logger,
        access: [ResourceName: ResourceAccess]? = nil
    ) -> AzureClient {
        let keys = [source: Canary.sourceKey, target: Canary.targetKey].map { resource, key in
            (
                resource.name,
                ResourceAccess(endpoint: resource.endpoint, key: { Secret(key) }, budget: .formRecognizer)
            )
        }
        return AzureClient(
            access: access ?? Dictionary(uniqueKeysWithValues: keys),
            http: http,
            clock: LeapingClock(),
            wallClock: { noon },
            logger: logger
        )
    }

    static func required<Value>(_ value: Value?) -> Value {
        guard let value else { violated("a constant of the harness is wrong") }
        return value
    }

    private static func frozen(_ name: String, host: String) -> FrozenResource {
        FrozenResource(
            name: required(ResourceName(rawValue: name)),
            endpoint: "https://\(host)",
            armID: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/\(name)",
            region: "westus2"
        )
    }
}
