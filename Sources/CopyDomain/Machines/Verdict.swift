/// What a run without success will end with, once it has cleaned up.
enum Verdict: Codable, Hashable, Sendable {
    case failed(FailureCode, String, azure: AzureError?)
    case cancelled

    static func killer(in phase: Phase) -> Verdict {
        .failed(
            .workerKilled,
            "Workers that ran the request died again and again, the last two while they ran nothing else; the request "
                + "was \(phase.rawValue).",
            azure: nil
        )
    }

    init(_ failure: CallFailure) {
        self = .failed(failure.code, failure.message, azure: failure.azure)
    }
}
