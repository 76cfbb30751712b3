import FoundationEssentials

/// The body of a copy call.
struct CopyOrder: Sendable, Decodable {
    let targetResourceId: String
    let targetResourceRegion: String
    let copyAuthorization: Grant

    struct Grant: Sendable, Decodable {
        let modelId: String
        let accessToken: String
        let expirationDateTimeTicks: Int64
    }

    init?(_ body: [UInt8]) {
        guard let order = try? JSONDecoder().decode(Self.self, from: Data(body)) else { return nil }
        self = order
    }

    /// `^/subscriptions/[^/]*/resourceGroups/[^/]*/providers/Microsoft.CognitiveServices/accounts/[^/]*$`,
    /// at most 1024 characters (azure-copy-apis.md 1.2); ARM ids know no letter case.
    var hasValidResourceID: Bool {
        let parts = targetResourceId.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        return targetResourceId.utf8.count <= 1_024 && parts.count == 9 && parts[0].isEmpty
            && parts[1] == "subscriptions" && parts[3] == "resourcegroups" && parts[5] == "providers"
            && parts[6] == "microsoft.cognitiveservices" && parts[7] == "accounts"
    }

    /// `^[a-z0-9]+$`, 1 to 24 characters; upper case is accepted in practice (azure-copy-apis.md 1.2).
    var hasValidRegion: Bool {
        (1...24).contains(targetResourceRegion.utf8.count)
            && targetResourceRegion.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
            }
    }
}
