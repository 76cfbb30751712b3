import CopyContract
import CopyDomain
import Foundation

/// One copy within a recording: the entries that are its authorization, its start and its polls, and the request that
/// would have led to them.
struct Conversation: Sendable {
    let plan: CopyPlan
    let version: RecordedVersion
    /// In the order of the recording.
    let flow: [Recording.Entry]
    /// The first entry that is no look: what the recorded client began with.
    let beganAt: Timestamp
    let sourceID: String
    let targetID: String?
    /// Synthesized where the recording begins after it.
    let authorization: JSONValue?

    /// By the last word of the recorded service.
    var hasSucceeded: Bool {
        flow.last?.responseBody?["status"]?.string?.lowercased() == "succeeded"
    }

    /// All copies of a recording.
    static func all(in recording: Recording) -> [Conversation] {
        let entries = recording.entries
        var conversations: [Conversation] = []
        var begun: Set<Int> = []
        for (index, entry) in entries.enumerated() {
            switch RecordedCall(method: entry.method, url: entry.url) {
            case .authorize where entry.status < 400:
                let id = entry.responseBody.flatMap(targetID)
                let starts = entries.indices.filter { start in
                    start > index && startsCopy(entries[start]) && entries[start].requestBody.flatMap(targetID) == id
                }
                begun.formUnion(starts)
                conversations += Conversation(entries, opening: index, starts: starts).map { [$0] } ?? []
            case .authorize, .export:
                let next = entries.indices.first { next in
                    next > index && isOpening(entries[next])
                }
                let starts = entries.indices.filter { start in
                    start > index && start < next ?? entries.count && startsCopy(entries[start])
                }
                begun.formUnion(starts)
                conversations += Conversation(entries, opening: index, starts: starts).map { [$0] } ?? []
            case .copy where !begun.contains(index), .importProject where !begun.contains(index):
                conversations += Conversation(entries, opening: nil, starts: [index]).map { [$0] } ?? []
            case .copy, .importProject, .poll, .rename, .getItem, .getProject, .measure, .listItems, .listOperations,
                .room, .delete, .other:
                break
            }
        }
        return conversations
    }

    private static func startsCopy(_ entry: Recording.Entry) -> Bool {
        switch RecordedCall(method: entry.method, url: entry.url) {
        case .copy, .importProject: true
        case .authorize, .poll, .export, .rename, .getItem, .getProject, .measure, .listItems, .listOperations, .room,
            .delete, .other:
            false
        }
    }

    private static func isOpening(_ entry: Recording.Entry) -> Bool {
        switch RecordedCall(method: entry.method, url: entry.url) {
        case .authorize, .export: true
        case .copy, .importProject, .poll, .rename, .getItem, .getProject, .measure, .listItems, .listOperations, .room,
            .delete, .other:
            false
        }
    }

    /// The target's id in an authorization's answer or a copy's body.
    private static func targetID(_ body: JSONValue) -> String? {
        let grant = body["copyAuthorization"] ?? body
        return (grant["targetModelId"] ?? grant["targetClassifierId"] ?? grant["modelId"])?.string
    }
}

extension Conversation {
    private init?(_ entries: [Recording.Entry], opening: Int?, starts: [Int]) {
        guard let first = opening ?? starts.first, let version = RecordedVersion(entries[first].url) else { return nil }
        let opened = opening.map { entries[$0] }
        let start = starts.first.map { entries[$0] }
        let polls = Self.polls(in: entries, of: starts)
        flow = ([opening].compactMap(\.self) + starts + polls).sorted().map { entries[$0] }
        beganAt = flow.compactMap(\.answeredAt).first ?? Timestamp(milliseconds: 1_700_000_000_000)
        self.version = version
        let asked = opened?.requestBody
        let target =
            asked.flatMap { $0["modelId"] ?? $0["classifierId"] }?.string
            ?? (start?.requestBody).flatMap(Self.targetID) ?? (opened?.responseBody).flatMap(Self.targetID)
        targetID = target ?? entries.compactMap { $0.responseBody?["id"]?.string }.first
        sourceID = Self.source(opened, start) ?? "the-source"
        authorization = opening == nil ? start.flatMap(Self.authorization) : nil
        guard
            let plan = Self.plan(
                version: version,
                opened: opened,
                start: start,
                sourceID: sourceID,
                targetID: target,
                at: beganAt
            )
        else { return nil }
        self.plan = plan
    }

    /// Of each start: its operation, to the letter but for letter case, or the project that it made.
    private static func polls(in entries: [Recording.Entry], of starts: [Int]) -> [Int] {
        var polls: [Int] = []
        for start in starts {
            let operation = entries[start].responseHeader("operation-location").flatMap(RecordedURL.init)
            let project = entries[start].responseBody?["id"]?.string
            for index in entries.indices where index > start {
                switch RecordedCall(method: entries[index].method, url: entries[index].url) {
                case .poll where isOperation(operation, of: entries[index]):
                    polls.append(index)
                case .getProject(let id) where id == project:
                    polls.append(index)
                case .poll, .getProject, .authorize, .copy, .export, .importProject, .rename, .getItem, .measure,
                    .listItems, .listOperations, .room, .delete, .other:
                    break
                }
            }
        }
        return polls
    }

    private static func isOperation(_ location: RecordedURL?, of poll: Recording.Entry) -> Bool {
        guard let id = location?.segments.last?.lowercased() else { return false }
        return poll.url.segments.last?.lowercased() == id
    }

    private static func source(_ opened: Recording.Entry?, _ start: Recording.Entry?) -> String? {
        for entry in [start, opened].compactMap(\.self) {
            switch RecordedCall(method: entry.method, url: entry.url) {
            case .copy(let source): return source
            case .export(let project): return project
            case .authorize, .poll, .importProject, .rename, .getItem, .getProject, .measure, .listItems,
                .listOperations, .room, .delete, .other:
                break
            }
        }
        return nil
    }

    /// The answer that must have led to a copy's body.
    private static func authorization(_ start: Recording.Entry) -> JSONValue? {
        guard let token = start.url.value("token") else {
            return start.requestBody?["copyAuthorization"] ?? start.requestBody
        }
        return .fields([
            "token": .string(token.removingPercentEncoding ?? token), "estimatedImportTimeInMS": .integer(0),
        ])
    }

    /// The request that the recorded client would have sent; the configuration is read off its calls.
    static func plan(
        version: RecordedVersion,
        opened: Recording.Entry?,
        start: Recording.Entry?,
        sourceID: String,
        targetID: String?,
        at now: Timestamp
    ) -> CopyPlan? {
        guard let id = RequestID(rawValue: "replay"), let source = ResourceName(rawValue: "source"),
            let target = ResourceName(rawValue: "target"), let item = ItemID(rawValue: sourceID),
            let any = opened ?? start
        else { return nil }
        let isClassifier = any.url.path.lowercased().contains("documentclassifiers")
        let kind: CopyKind =
            switch version.spoken.family {
            case .formRecognizer: .documentModel
            case .documentIntelligence: isClassifier ? .documentClassifier : .documentModel
            case .customVision: .visionProject
            }
        let asked = opened?.requestBody
        let tags = (asked?["tags"]?.object ?? []).map { ($0.name, $0.value.string ?? "") }
        let isChosen = version.spoken.family == .documentIntelligence
        let request = CopyRequest(
            id: id,
            kind: kind,
            source: CopySource(resource: source, item: .id(item)),
            target: CopyTarget(
                resource: target,
                id: isChosen ? targetID.flatMap(ItemID.init) : nil,
                description: asked?["description"]?.string,
                tags: Dictionary(tags) { first, _ in first }
            ),
            apiVersion: version.spoken,
            allowsDegrading: start?.requestHeaders["x-ms-forms-copy-degrade"]?.lowercased() == "true",
            deadline: nil
        )
        if isChosen, request.target.id == nil { return nil }
        let stated = start?.requestBody
        let frozen = { (name: ResourceName, entry: Recording.Entry) in
            FrozenResource(
                name: name,
                endpoint: entry.url.origin,
                armID: stated?["targetResourceId"]?.string ?? "/resource",
                region: stated?["targetResourceRegion"]?.string ?? "westus"
            )
        }
        let isReversed = version.spoken.family == .customVision
        let opening = opened ?? any
        let starting = start ?? any
        return CopyPlan(
            request: request,
            source: frozen(source, isReversed ? opening : starting),
            target: frozen(target, isReversed ? starting : opening),
            acceptedAt: now,
            deadline: now + .seconds(30 * 86_400),
            limits: MachineLimits()
        )
    }
}
