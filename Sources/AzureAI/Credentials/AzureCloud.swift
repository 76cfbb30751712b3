/// The clouds that have Entra authorities and token audiences of their own.
package enum AzureCloud: String, CaseIterable, Sendable {
    case `public`
    case china
    case usGovernment

    /// Where tokens are asked for.
    package var authority: String {
        switch self {
        case .public: "https://login.microsoftonline.com"
        case .china: "https://login.chinacloudapi.cn"
        case .usGovernment: "https://login.microsoftonline.us"
        }
    }

    /// What tokens for Azure AI resources are asked for.
    package var scope: String {
        switch self {
        case .public: "https://cognitiveservices.azure.com/.default"
        case .china: "https://cognitiveservices.azure.cn/.default"
        case .usGovernment: "https://cognitiveservices.azure.us/.default"
        }
    }
}
