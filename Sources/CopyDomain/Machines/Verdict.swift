/// What a run without success will end with, once it has cleaned up.
enum Verdict: Codable, Hashable, Sendable {
    case failed(FailureCode, String, azure: AzureError?)
    case cancelled

    init(_ failure: CallFailure) {
        self = .failed(failure.code, failure.message, azure: failure.azure)
    }
}
