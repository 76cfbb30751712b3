/// The keys of log metadata of this module.
enum LogKey {
    static let call = "call"
    static let resource = "resource"
    static let request = "request_id"
    static let status = "status"
    static let azureRequest = "apim-request-id"
    static let milliseconds = "ms"
    static let error = "error"
    static let credential = "credential"
    static let lifetime = "lifetime"
}
