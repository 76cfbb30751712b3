/// A refusal that the gateway or an ailing service gives without touching anything.
enum GatewayRefusal: Sendable, Equatable {
    case throttled(retryAfter: Int)
    case internalError
    case unavailable
    case retired
    case notFound
}
