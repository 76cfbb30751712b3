import AzureAI
import CopyContract
import CopyDomain
import Foundation
import Synchronization

/// Answers as the recorded service did.
///
/// What decides a copy (authorization, start, progress) is answered by the recording only, each entry once and in
/// order. The worker's own looks and cleanings, which the recorded client had no need of, are answered from the rest of
/// the recording, else as a service would that agrees with it.
final class ReplayedService: HTTPSending {
    struct Record: Sendable {
        var followed = 0
        /// The worker's own calls, by what they ask for.
        var own: [String: Int] = [:]
        var faults: [String] = []
        /// The call that the recording has no answer for, because it ends before.
        var beyond: String?
        var now: Timestamp
    }

    private struct State {
        var record: Record
        var remaining: [Recording.Entry]
        var followed: [Recording.Entry] = []
        var deleted: Set<String> = []
        var hasSucceeded = false
        /// Items that were looked at.
        var seen: Set<String> = []
    }

    private let conversation: Conversation
    private let recording: Recording
    private let state: Mutex<State>

    init(_ conversation: Conversation, of recording: Recording) {
        self.conversation = conversation
        self.recording = recording
        state = Mutex(State(record: Record(now: conversation.beganAt), remaining: conversation.flow))
    }

    var record: Record { state.withLock(\.record) }
    /// Entries that decide the copy and were not asked for.
    var remaining: [Recording.Entry] { state.withLock(\.remaining) }

    /// Whether the same was asked for before, in the same words.
    func isRepeat(_ entry: Recording.Entry) -> Bool {
        let followed = state.withLock(\.followed)
        return followed.contains { $0.url == entry.url && $0.requestBody == entry.requestBody }
    }

    func advance(by duration: Duration) {
        state.withLock { $0.record.now = $0.record.now + duration }
    }

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        guard let url = RecordedURL(request.url.reveal()) else { throw HTTPSendingError(.notSent, "no URL") }
        let call = RecordedCall(method: request.method.rawValue, url: url)
        let response = state.withLock { answer(request, call, url, in: &$0) }
        guard let response else { throw HTTPSendingError(.notSent, "the recording ends here") }
        return response
    }

    private func answer(
        _ request: HTTPRequest,
        _ call: RecordedCall,
        _ url: RecordedURL,
        in state: inout State
    ) -> HTTPResponse? {
        if let index = state.remaining.firstIndex(where: { isSame($0, call, url) }) {
            let entry = state.remaining.remove(at: index)
            state.record.followed += 1
            state.followed.append(entry)
            let differences = RequestComparison.differences(
                sent: request,
                at: url,
                recorded: entry,
                version: conversation.version
            )
            state.record.faults += differences.map { "\(request.label): \($0)" }
            state.record.now = max(state.record.now, entry.answeredAt ?? state.record.now)
            if entry.responseBody?["status"]?.string?.lowercased() == "succeeded" { state.hasSucceeded = true }
            return RecordedAnswer(entry, version: conversation.version).response()
        }
        guard !call.isFlow else {
            if case .authorize = call, let body = conversation.authorization, state.record.followed == 0 {
                return synthesized(body, status: conversation.version.spoken.family == .formRecognizer ? 201 : 200)
            }
            if case .export = call, let body = conversation.authorization { return synthesized(body) }
            if state.remaining.contains(where: { RecordedCall(method: $0.method, url: $0.url).isFlow }) {
                let next = state.remaining.first.map { "\($0.method) \($0.url.path)" } ?? "nothing"
                state.record.faults.append("unexpected \(request.method.rawValue) \(url.path); recorded is \(next)")
            }
            state.record.beyond = request.label
            return nil
        }
        state.record.own[request.label, default: 0] += 1
        return ownAnswer(to: request, call, url, in: &state)
    }

    private func isSame(_ entry: Recording.Entry, _ call: RecordedCall, _ url: RecordedURL) -> Bool {
        guard RecordedCall(method: entry.method, url: entry.url) == call else { return false }
        // A poll follows the service's word, in which anything but the operation's id may drift.
        if call == .poll { return entry.url.segments.last?.lowercased() == url.segments.last?.lowercased() }
        return entry.url.comparable == url.comparable
    }

    // MARK: - The worker's own

    private func ownAnswer(
        to request: HTTPRequest,
        _ call: RecordedCall,
        _ url: RecordedURL,
        in state: inout State
    ) -> HTTPResponse {
        switch call {
        case .delete(let id):
            state.deleted.insert(id)
            return HTTPResponse(status: 204, headers: [], body: [])
        case .getItem(let id), .getProject(let id):
            if state.deleted.contains(id) { return missing }
            // A copy onto its own source is looked at as the source first.
            let isFirstLook = state.seen.insert(id).inserted
            if isTarget(id), !state.hasSucceeded, !(isFirstLook && id == conversation.sourceID) {
                return conversation.version.isV2 ? synthesized(model(id)) : missing
            }
            return recordedLook(call, url) ?? synthesized(item(id))
        case .rename(let project):
            let asked = (request.body?.reveal()).flatMap { try? JSONParser.parse(Array($0.utf8)) }
            return synthesized(self.project(project, name: asked?["name"]?.string ?? ""))
        case .measure:
            return recordedLook(call, url) ?? twin(of: url)
                ?? (url.path.hasSuffix("/count") ? synthesized(.integer(0)) : synthesized(.array([])))
        case .listItems, .listOperations:
            return recordedLook(call, url)
                ?? synthesized(
                    conversation.version.spoken.family == .customVision
                        ? .array([]) : .fields(["value": .array([]), "modelList": .array([])])
                )
        case .room:
            let counts = JSONValue.fields(["count": .integer(1), "limit": .integer(5000)])
            return recordedLook(call, url) ?? synthesized(.fields(["summary": counts, "customDocumentModels": counts]))
        case .authorize, .copy, .poll, .export, .importProject, .other:
            state.record.faults.append("unexpected \(request.method.rawValue) \(url.path)")
            return missing
        }
    }

    /// What the recording has last to say about it.
    private func recordedLook(_ call: RecordedCall, _ url: RecordedURL) -> HTTPResponse? {
        recording.entries.last { entry in
            entry.status == 200 && RecordedCall(method: entry.method, url: entry.url) == call
                && entry.url.comparable == url.comparable
        }.map { RecordedAnswer($0, version: conversation.version).response() }
    }

    /// What was recorded of the other project: source and copy hold the same.
    private func twin(of url: RecordedURL) -> HTTPResponse? {
        recording.entries.last { entry in
            entry.status == 200 && entry.method == "GET" && entry.url.segments.count == url.segments.count
                && entry.url.segments.dropFirst(5).elementsEqual(url.segments.dropFirst(5))
        }.map { RecordedAnswer($0, version: conversation.version).response() }
    }

    private func isTarget(_ id: String) -> Bool {
        id == conversation.targetID && conversation.version.spoken.family != .customVision
    }

    private var missing: HTTPResponse {
        synthesized(
            .fields(["error": .fields(["code": .string(conversation.version.isV2 ? "1022" : "NotFound")])]),
            status: 404
        )
    }

    private func synthesized(_ body: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: [], body: JSONText.encode(body))
    }

    private func item(_ id: String) -> JSONValue {
        switch conversation.version.spoken.family {
        case .formRecognizer: model(id)
        case .documentIntelligence: document(id)
        case .customVision: project(id, name: "recorded project")
        }
    }

    private func model(_ id: String) -> JSONValue {
        .fields([
            "modelInfo": .fields([
                "modelId": .string(id),
                "status": .string(isTarget(id) && !conversation.hasSucceeded ? "creating" : "ready"),
                "createdDateTime": .string("2020-01-01T00:00:00Z"),
                "lastUpdatedDateTime": .string("2020-01-01T00:00:00Z"),
            ])
        ])
    }

    /// With the document types of the recorded copy, if they were recorded: source and copy have the same.
    private func document(_ id: String) -> JSONValue {
        let results = conversation.flow.reversed().map { $0.responseBody?["result"]?["docTypes"] }
        let looks = recording.entries.filter { entry in
            RecordedCall(method: entry.method, url: entry.url) == .getItem(id: conversation.targetID ?? "")
        }
        let recorded = looks.map { $0.responseBody?["docTypes"] } + results
        let types = recorded.compactMap(\.self).first ?? .object([])
        return .fields([
            "modelId": .string(id), "classifierId": .string(id), "docTypes": types,
            "createdDateTime": .string("2020-01-01T00:00:00Z"), "apiVersion": .string("2022-08-31"),
        ])
    }

    private func project(_ id: String, name: String) -> JSONValue {
        .fields([
            "id": .string(id), "name": .string(name), "description": .string(""), "settings": .object([]),
            "created": .string("2020-01-01T00:00:00Z"), "lastModified": .string("2020-01-01T00:00:00Z"),
            "status": .string("Succeeded"),
        ])
    }
}

extension RecordedVersion {
    fileprivate var isV2: Bool { spoken.family == .formRecognizer }
}
