/// The metadata keys of this module's log lines.
enum LogKey {
    static let request = "request_id"
    static let kind = "kind"
    static let phase = "phase"
    static let azureStatus = "azure_status"
    static let error = "error"
    static let queue = "queue"
    static let code = "code"
    static let outcome = "outcome"
    static let call = "call"
    static let owner = "owner"
    static let epoch = "epoch"
    static let hops = "hops"
}
