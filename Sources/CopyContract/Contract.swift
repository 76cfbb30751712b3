package import CopyDomain

/// What a delivery says, before anybody knows whether it makes sense: the parts of an AMQP message that the contract
/// looks at. Header values that are no text are absent here.
package struct IncomingMessage: Sendable {
    package var body: [UInt8]
    package var contentType: String?
    package var contentEncoding: String?
    package var messageID: String?
    package var headers: [(name: String, value: String)]

    package init(
        body: [UInt8], contentType: String?, contentEncoding: String?, messageID: String?,
        headers: [(name: String, value: String)]
    ) {
        self.body = body
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.messageID = messageID
        self.headers = headers
    }
}

/// A request whose wire form is right; whether resources, versions and routes exist is the configuration's matter.
package struct SubmittedRequest: Hashable, Sendable {
    package var id: RequestID
    package var kind: CopyKind
    package var source: CopySource
    package var targetResource: ResourceName
    package var targetName: String?
    /// As given; `nil`: the source resource's own setting.
    package var apiVersion: APIVersion?
    package var deadline: Timestamp?
    /// Kind, source, target, apiVersion and onConflict as given, in one canonical JSON text: two requests of one id
    /// are the same request if and only if these bytes are the same.
    package var content: [UInt8]

    package init(
        id: RequestID, kind: CopyKind, source: CopySource, targetResource: ResourceName, targetName: String?,
        apiVersion: APIVersion?, deadline: Timestamp?, content: [UInt8]
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.targetResource = targetResource
        self.targetName = targetName
        self.apiVersion = apiVersion
        self.deadline = deadline
        self.content = content
    }
}

/// Why a message was refused: it ends nothing.
package struct Rejection: Error, Hashable, Sendable {
    package let code: RejectionCode
    /// What is wrong and where, e.g. `source.resource: unknown resource "x"`; never a value that may be a secret.
    package let message: String
    /// The dotted path of the field, if one is at fault.
    package let field: String?
    /// The request's id, as far as it was understood.
    package let requestID: RequestID?
    package let kind: CopyKind?
    package let targetResource: ResourceName?

    package init(
        _ code: RejectionCode, _ message: String, field: String? = nil, requestID: RequestID? = nil,
        kind: CopyKind? = nil, targetResource: ResourceName? = nil
    ) {
        self.code = code
        self.message = message
        self.field = field
        self.requestID = requestID
        self.kind = kind
        self.targetResource = targetResource
    }
}

/// A closed list of this project's own, stable codes.
package enum RejectionCode: String, CaseIterable, Sendable {
    case tooLarge = "too_large"
    case wrongContentType = "wrong_content_type"
    case wrongContentEncoding = "wrong_content_encoding"
    case notUTF8 = "not_utf8"
    case malformedJSON = "malformed_json"
    case duplicateKey = "duplicate_key"
    case malformedCloudEvent = "malformed_cloudevent"
    case missingID = "missing_id"
    case missingField = "missing_field"
    case unknownField = "unknown_field"
    case invalidField = "invalid_field"
    case unknownKind = "unknown_kind"
    case unknownVersion = "unknown_version"
    case fieldNotInVersion = "field_not_in_version"
    case unknownResource = "unknown_resource"
    case routeNotAllowed = "route_not_allowed"
    case contentDiffers = "content_differs"
    case givenUpByBroker = "given_up_by_broker"
}
