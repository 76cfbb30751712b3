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
    case unknownCommand = "unknown_command"
    case unknownVersion = "unknown_version"
    case fieldNotInVersion = "field_not_in_version"
    case unknownResource = "unknown_resource"
    case routeNotAllowed = "route_not_allowed"
    case replaceNotAllowed = "replace_not_allowed"
    case contentDiffers = "content_differs"
    case givenUpByBroker = "given_up_by_broker"
    case poisonMessage = "poison_message"
    case recordUnreadable = "record_unreadable"
    case otherJournal = "other_journal"

    /// What a person should do about it.
    package var advice: String {
        switch self {
        case .tooLarge: "Send one request of at most 256 KiB per message, with few and simple headers."
        case .wrongContentType: "Send application/json, or a CloudEvent with a request as its JSON data."
        case .wrongContentEncoding: "Send the body uncompressed, without a content-encoding."
        case .notUTF8: "Send the body as UTF-8 without a byte order mark."
        case .malformedJSON: "Correct the JSON text and send it again."
        case .duplicateKey: "Give every field once."
        case .malformedCloudEvent: "Send a CloudEvent 1.0 with specversion, id, source, type and a request as its data."
        case .missingID: "Give the request an id: the field id, a CloudEvent's source and id, or a message-id."
        case .missingField: "Add the field."
        case .unknownField: "Leave the field out; endpoints and keys belong into the worker's configuration."
        case .invalidField: "Correct the field."
        case .unknownKind: "Send one of the kinds that the message names."
        case .unknownCommand: "Send one of the commands that the message names, to the queue for commands."
        case .unknownVersion: "Send one of the API versions that the message names, or none."
        case .fieldNotInVersion: "Leave the field out, or name an API version that has it."
        case .unknownResource: "Name a resource of the worker's configuration, or have it added there."
        case .routeNotAllowed: "Have the route added to the worker's configuration."
        case .replaceNotAllowed: "Have allowReplace set for the target resource, or say fail or skip."
        case .contentDiffers: "Give another request another id."
        case .givenUpByBroker: "Mend what the message names as the reason, then send a new request."
        case .poisonMessage:
            "Look into the logs of the workers that died, and report the message; do not send it again."
        case .recordUnreadable:
            "Have the journal looked into: what it holds about this request is damaged, and a copy may be under way."
        case .otherJournal:
            "Give all workers of the queue one journal, or accept the new one; then send the parked message back."
        }
    }
}
