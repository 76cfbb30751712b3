@testable import CopyDomain

/// 2026-11-21T12:00:00Z.
let noon = Timestamp(milliseconds: 1_795_262_400_000)

let source = ResourceName(rawValue: "invoices-westus2")!
let target = ResourceName(rawValue: "invoices-eastus")!

/// Of the sample resources, as reservations spell it.
let accounts = "/subscriptions/s/resourcegroups/g/providers/microsoft.cognitiveservices/accounts"
let exportOfSource = "custom-vision-export\(accounts)/invoices-westus2"

func frozen(_ name: ResourceName, region: String) -> FrozenResource {
    FrozenResource(
        name: name,
        endpoint: "https://\(name.rawValue).cognitiveservices.azure.com",
        armID: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/\(name.rawValue)",
        region: region
    )
}

/// Where the caller chooses the target's id it is `target-1`.
func plan(
    _ version: APIVersion = .formRecognizer2_1,
    kind: CopyKind? = nil,
    item: SourceItem = .id(ItemID(rawValue: "source-1")!),
    targetName: String? = nil,
    onConflict: ConflictPolicy = .fail,
    purpose: CopyRequest.Purpose = .copy,
    acceptedAt: Timestamp = noon,
    limits: MachineLimits = MachineLimits()
) -> CopyPlan {
    let targetID: ItemID? =
        switch version.family {
        case .documentIntelligence: ItemID(rawValue: "target-1")
        case .formRecognizer, .customVision: nil
        }
    return CopyPlan(
        request: CopyRequest(
            id: RequestID(rawValue: "dr-1")!,
            kind: kind ?? version.kinds[0],
            source: CopySource(resource: source, item: item),
            target: CopyTarget(resource: target, id: targetID, name: targetName),
            apiVersion: version,
            onConflict: onConflict,
            purpose: purpose,
            deadline: nil
        ),
        source: frozen(source, region: "westus2"),
        target: frozen(target, region: "eastus"),
        acceptedAt: acceptedAt,
        deadline: acceptedAt + .seconds(3600),
        limits: limits
    )
}

func grant(_ id: String = "target-1", expires: Timestamp = noon + .seconds(24 * 3600)) -> FormRecognizerGrant {
    FormRecognizerGrant(
        modelID: id,
        accessToken: Secret("canary-\(id)"),
        expirationDateTimeTicks: expires.milliseconds / 1000
    )
}

func model(
    _ id: String = "target-1",
    _ status: FormRecognizerModel.Status = .ready,
    created: Timestamp? = noon
) -> FormRecognizerModel {
    FormRecognizerModel(id: id, status: status, name: "invoices", created: created)
}

/// What the sample project holds.
func counts(
    tags: Int = 3,
    iterations: Int = 1,
    tagged: Int = 12,
    untagged: Int = 2,
    published: Int = 0
) -> ProjectMeasure {
    ProjectMeasure(
        tags: tags,
        iterations: iterations,
        taggedImages: tagged,
        untaggedImages: untagged,
        publishedIterations: published
    )
}

func project(
    _ id: String = "project-1",
    _ status: CustomVisionProject.Status = .succeeded,
    name: String = "parts",
    created: Timestamp? = noon
) -> CustomVisionProject {
    CustomVisionProject(id: id, name: name, description: "about \(id)", status: status, created: created)
}

func freshExport(expires: Timestamp? = noon + .seconds(24 * 3600)) -> CustomVisionExport {
    CustomVisionExport(token: Secret("canary-token"), expires: expires, estimatedImportTime: .seconds(6))
}

func failure(
    _ fate: CallFate,
    _ code: FailureCode = .azureUnavailable,
    status: Int? = nil,
    azureCode: String? = nil
) -> CallFailure {
    CallFailure(
        fate: fate,
        code: code,
        message: "Azure answered \(status ?? 0).",
        azure: status == nil && azureCode == nil ? nil : AzureError(status: status, code: azureCode)
    )
}
