/// The errors that copies meet (azure-copy-apis.md 7.5); texts are unverified, statuses follow the prefix.
enum TrainingError: String, Sendable {
    case projectNameNotUnique = "BadRequestProjectNameNotUnique"
    case projectName = "BadRequestProjectName"
    case requiredParameterIsNull = "BadRequestRequiredParamIsNull"
    case exceedsProjectLimit = "BadRequestExceedProjectLimit"
    case invalidImportToken = "BadRequestInvalidImportToken"
    case exportWhileTraining = "BadRequestExportWhileTraining"
    case exportValidationFailed = "BadRequestExportValidationFailed"
    case projectNotFound = "NotFoundProject"
    case unknown = "ErrorUnknown"
}

extension CustomVision {
    static func refusal(_ refusal: GatewayRefusal, of route: Route) -> EmulatedAnswer {
        switch refusal {
        case .throttled(let seconds):
            .throttled(retryAfter: seconds, message: throttling(route, seconds))
        case .internalError: error(.internalServerError, .unknown, "An unexpected error occurred.")
        case .unavailable: error(.serviceUnavailable, .unknown, "The service is unavailable. Try again.")
        case .retired: error(.gone, .unknown, "The requested API version has been retired.")
        case .notFound: .notFound
        }
    }

    /// The text that was seen in 2021 (azure-copy-apis.md 7.6).
    private static func throttling(_ route: Route, _ seconds: Int) -> String {
        "Requests to the \(route.operation) Operation under Custom_Vision_Training_\(route.version.dropFirst()) have exceeded rate limit of your current Custom_Vision.Training F0 pricing tier. Please retry after \(seconds) second. To increase your rate limit switch to a paid tier."
    }

    static func error(_ status: EmulatedAnswer.Status, _ code: TrainingError, _ message: String) -> EmulatedAnswer {
        .json(status, ["code": .string(code.rawValue), "message": .string(message)], dressing: .customVision)
    }

    static func projectNotFound(_ id: String) -> EmulatedAnswer {
        error(.notFound, .projectNotFound, "Project \(id) was not found.")
    }

    static func shown(
        _ project: VisionProject,
        _ work: Work<Route>,
        in premises: inout Premises
    ) -> EmulatedAnswer {
        let region = premises.resources[work.resource].region
        return .json(
            .ok,
            project.json(region: region, now: work.now, random: &premises.random),
            dressing: .customVision
        )
    }
}
