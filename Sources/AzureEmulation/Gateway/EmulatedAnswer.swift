/// An answer before the gateway has dressed it with its own headers.
struct EmulatedAnswer: Sendable, Equatable {
    /// Which headers the gateway and the service put on.
    enum Dressing: Sendable, Equatable {
        /// Only Date and a length: the gateway's 401, the edge's 411.
        case bare
        /// No `x-envoy-upstream-service-time`: the gateway answered (azure-copy-apis.md 3.4).
        case gateway
        /// Form Recognizer: `apim-request-id` and `x-envoy-upstream-service-time`.
        case formRecognizer
        /// Custom Vision: `request-id` and `apim-request-id`, no envoy.
        case customVision
    }

    enum Status: Int, Sendable {
        case ok = 200
        case created = 201
        case accepted = 202
        case noContent = 204
        case badRequest = 400
        case unauthorized = 401
        case forbidden = 403
        case notFound = 404
        case methodNotAllowed = 405
        case conflict = 409
        case gone = 410
        case lengthRequired = 411
        case unsupportedMediaType = 415
        case tooManyRequests = 429
        case internalServerError = 500
        case serviceUnavailable = 503
    }

    var status: Status
    var dressing: Dressing
    var headers: [HeaderList.Field] = []
    var contentType: String?
    var body: String = ""
    /// Sent in chunks, without a length, as in 2020.
    var chunked = false

    static let json = "application/json; charset=utf-8"

    /// An answer whose body is JSON.
    static func json(_ status: Status, _ body: JSON, dressing: Dressing) -> EmulatedAnswer {
        EmulatedAnswer(status: status, dressing: dressing, contentType: json, body: body.text)
    }
}
