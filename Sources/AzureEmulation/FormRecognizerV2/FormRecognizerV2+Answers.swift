extension FormRecognizerV2 {
    static func refusal(_ refusal: GatewayRefusal, of route: Route) -> EmulatedAnswer {
        switch refusal {
        case .throttled(let seconds):
            .throttled(
                retryAfter: seconds,
                message: "Rate limit is exceeded. Try again in \(seconds) seconds."
            )
        case .internalError: error(.internalServerError, "InternalServerError", "An unexpected error occurred.")
        case .unavailable:
            error(.serviceUnavailable, "ServiceUnavailable", "A transient error has occurred. Try again.")
        case .retired: error(.gone, "Gone", "The requested API version has been retired.")
        case .notFound: .notFound
        }
    }

    static func error(_ status: EmulatedAnswer.Status, _ code: String, _ message: String) -> EmulatedAnswer {
        .json(status, EmulatedAnswer.errorBody(code: code, message: message), dressing: .formRecognizer)
    }

    static func invalidCopy(_ complaint: String) -> EmulatedAnswer {
        error(.badRequest, "1002", "Copy request is invalid. \(complaint)")
    }

    static func modelNotFound(_ id: String) -> EmulatedAnswer {
        error(.notFound, "1022", "Model with 'id=\(id)' not found.")
    }

    /// The base of the URLs in answers; the version may drift (azure-copy-apis.md 1.2).
    static func base(_ work: Work<Route>, in premises: Premises) -> String {
        let version = work.route.version.rawValue
        let drifted = premises.resources[work.resource].quirks.versionDrift[version] ?? version
        return "\(work.request.base)/formrecognizer/\(drifted)/custom/models"
    }
}
