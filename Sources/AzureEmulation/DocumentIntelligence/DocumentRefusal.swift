/// What the service refuses, with its own codes (azure-copy-apis.md 3.2).
enum DocumentRefusal: Error, Sendable, Equatable {
    case parameterMissing(String)
    case invalidParameter(String)
    case invalidLength(String)
    case modelNotReady
    case modelReadOnly
    case modelLimit(Int)
    case authorizationFailed(String)
    case modelNotFound
    case operationNotFound
    case methodNotAllowed
    case modelExists
    case unsupportedMediaType

    var status: EmulatedAnswer.Status {
        switch self {
        case .parameterMissing, .invalidParameter, .invalidLength, .modelNotReady, .modelReadOnly, .modelLimit:
            .badRequest
        case .authorizationFailed: .forbidden
        case .modelNotFound, .operationNotFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .modelExists: .conflict
        case .unsupportedMediaType: .unsupportedMediaType
        }
    }

    /// The outer code and its sentence.
    var outer: (code: String, message: String) {
        switch self {
        case .parameterMissing, .invalidParameter, .invalidLength: ("InvalidArgument", "Invalid argument.")
        case .modelNotReady, .modelReadOnly, .modelLimit: ("InvalidRequest", "Invalid request.")
        case .authorizationFailed: ("Forbidden", "Access forbidden due to policy or other configuration.")
        case .modelNotFound, .operationNotFound: ("NotFound", "Resource not found.")
        case .methodNotAllowed: ("MethodNotAllowed", "The requested HTTP method is not allowed.")
        case .modelExists:
            (
                "Conflict",
                "The request could not be completed due to a conflict with the current state of the target resource."
            )
        case .unsupportedMediaType:
            ("UnsupportedMediaType", "Request content type is not supported.")
        }
    }

    /// The inner code and its sentence.
    var inner: (code: String, message: String)? {
        switch self {
        case .parameterMissing(let name): ("ParameterMissing", "The parameter \(name) is required.")
        case .invalidParameter(let sentence): ("InvalidParameter", sentence)
        case .invalidLength(let sentence): ("InvalidParameterLength", sentence)
        case .modelNotReady:
            (
                "ModelNotReady",
                "Model is not ready for the requested operation. Wait for training to complete or check for operation errors."
            )
        case .modelReadOnly: ("ModelReadOnly", "The model is read-only.")
        case .modelLimit(let limit): ("DocumentModelLimit", "Account cannot create more than \(limit) models")
        case .authorizationFailed(let details): ("AuthorizationFailed", "Authorization failed: \(details)")
        case .modelNotFound: ("ModelNotFound", "The requested model was not found.")
        case .operationNotFound:
            (
                "OperationNotFound",
                "The requested operation was not found. The identifier may be invalid or the operation may have expired."
            )
        case .methodNotAllowed, .unsupportedMediaType: nil
        case .modelExists: ("ModelExists", "A model with the provided name already exists.")
        }
    }
}
