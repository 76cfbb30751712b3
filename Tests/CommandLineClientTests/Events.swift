import CommandLineClient
import CopyContract
import Testing

/// An event as a worker would publish it, with what a test cares for.
func received(
    _ event: EventName,
    id: String? = "dr-1",
    sequence: Int? = nil,
    _ members: String = ""
) throws -> ReceivedEvent {
    let requestID = id.map { #","requestId":"\#($0)""# } ?? ""
    let number = sequence.map { #","sequence":"\#($0)""# } ?? ""
    let text =
        #"{"specversion":"1.0","id":"x","source":"urn:pool","type":"\#(event.type)","#
        + #""time":"2026-11-21T13:00:00.250Z"\#(number),"#
        + #""data":{"event":"\#(event.rawValue)"\#(requestID)\#(members.isEmpty ? "" : "," + members)}}"#
    return try ReceivedEvent(body: Array(text.utf8))
}

func submission(id: String, source: String = "m") throws -> Submission {
    var draft = RequestDraft()
    draft.id = id
    draft.kind = "document-model"
    draft.sourceResource = "west"
    draft.sourceID = source
    draft.targetResource = "east"
    return try SubmissionReader { "unused" }.read(draft)
}
