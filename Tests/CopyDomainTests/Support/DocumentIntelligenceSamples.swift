@testable import CopyDomain

let targetLocation =
    "https://invoices-eastus.cognitiveservices.azure.com/documentintelligence/documentModels/target-1"
    + "?api-version=2024-11-30"

func operationLocation(_ id: String = "operation-1") -> String {
    "https://invoices-westus2.cognitiveservices.azure.com/documentintelligence/operations/\(id)?api-version=2024-11-30"
}

func intelligenceGrant(
    _ token: String = "canary-1",
    expires: Timestamp = noon + .seconds(3600)
) -> DocumentIntelligenceGrant {
    DocumentIntelligenceGrant(
        body: Secret("{\"accessToken\":\"\(token)\"}"),
        accessToken: Secret(token),
        targetLocation: targetLocation,
        expires: expires
    )
}

/// What bears an id and is ready.
func item(
    _ id: String = "target-1",
    documentTypes: Int = 2,
    expires: Timestamp? = noon + .seconds(700 * 24 * 3600)
) -> DocumentIntelligenceItem {
    DocumentIntelligenceItem(id: id, documentTypes: documentTypes, expires: expires)
}

func operation(
    _ status: DocumentIntelligenceOperation.Status,
    id: String = "operation-1",
    target: String? = targetLocation,
    created: Timestamp? = noon,
    failure: CallFailure? = nil
) -> DocumentIntelligenceOperation {
    DocumentIntelligenceOperation(
        location: operationLocation(id),
        status: status,
        targetLocation: target,
        created: created,
        failure: failure
    )
}
