package import CopyDomain

/// Why a message was refused: it ends nothing.
package struct Rejection: Error, Hashable, Sendable {
    package let code: RejectionCode
    /// What is wrong and where, e.g. `source.resource: unknown resource "x"`; never a value that may be a secret.
    package let message: String
    /// The dotted path of the field within the request, or the name of the message property or CloudEvent attribute.
    package let field: String?
    /// The request's id, as far as it was understood.
    package let requestID: RequestID?
    package let kind: CopyKind?
    package let targetResource: ResourceName?

    package init(
        _ code: RejectionCode,
        _ message: String,
        field: String? = nil,
        requestID: RequestID? = nil,
        kind: CopyKind? = nil,
        targetResource: ResourceName? = nil
    ) {
        self.code = code
        self.message = message
        self.field = field
        self.requestID = requestID
        self.kind = kind
        self.targetResource = targetResource
    }
}
