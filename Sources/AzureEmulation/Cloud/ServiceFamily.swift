/// What a path and a method ask a family for.
protocol FamilyRoute: Sendable {
    var call: Call { get }
    /// A POST that has no body and that the edge refuses without `Content-Length`.
    var needsLength: Bool { get }
}

/// One generation of an API: its routes, its state over all resources and its answers.
///
/// A family is one folder; ``AzureCloud`` lists the families, ``CloudRoute`` their routes.
protocol ServiceFamily: Sendable {
    associatedtype Route: FamilyRoute

    static var calls: [Call] { get }
    /// The header that carries the key, in lower case.
    static var keyHeader: String { get }

    /// What `request` asks this family for; nil when it is not this family's.
    static func route(_ request: EmulatedRequest) -> Route?
    /// What the gateway says instead of the family.
    static func refusal(_ refusal: GatewayRefusal, of route: Route) -> EmulatedAnswer

    /// Brings about everything that is due.
    mutating func settle(until now: Moment, in premises: inout Premises)
    /// The copy whose progress `route` asks for.
    func copyPolled(by route: Route, at resource: Int) -> CopyNumber?
    /// Does what is asked and answers it.
    mutating func answer(_ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer
}

/// A request at the moment when it is carried out.
struct Work<Route: Sendable>: Sendable {
    let route: Route
    let request: EmulatedRequest
    let steering: Steering
    let now: Moment

    var resource: Int { request.resource }
}

/// How faults bend the work itself.
struct Steering: Sendable, Equatable {
    var copyFails = false
    /// How the copy that begins ends instead of succeeding.
    var copyEnd: CopyEnd?
    /// The operation that is asked for is not found.
    var operationHidden = false
    /// How the Operation-Location is bent.
    var location: LocationBend?
    var importFails = false
    /// How long the import takes; nil is as long as any.
    var importSeconds: Double?
    var importStuck = false

    enum CopyEnd: Sendable, Equatable {
        case canceled, skipped, internalError
    }
}
