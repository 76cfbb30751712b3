import AzureAI
import CopyContract
import CopyDomain
import Logging

/// Recorded answers that belong to no copy of their recording, read one by one as the worker's client reads them.
///
/// What a copy does not ask for (training, building) is told apart by its path and left alone.
struct SingleAnswers {
    struct Report {
        /// What was read, e.g. `GET /formrecognizer/v2.0/custom/models: refused as access_denied`.
        var read: [String] = []
        var neighbours = 0
        var faults: [String] = []

        var reason: String {
            let left = neighbours == 0 ? [] : ["\(neighbours) calls that no copy makes"]
            let counts = Dictionary(read.map { ($0, 1) }, uniquingKeysWith: +)
            let told = counts.sorted { $0.key < $1.key }.map {
                $0.value == 1 ? $0.key : "\($0.key) (\($0.value) times)"
            }
            return (told + left).joined(separator: ", ")
                + (faults.isEmpty ? "" : "; FAILED: \(faults.joined(separator: "; "))")
        }
    }

    private let recording: Recording
    private let entries: [Recording.Entry]

    init(_ recording: Recording, besides conversations: [Conversation]) {
        self.recording = recording
        let told = conversations.flatMap { $0.flow.map(Key.init) }
        entries = recording.entries.filter { !told.contains(Key($0)) }
    }

    private struct Key: Hashable {
        let method: String
        let url: RecordedURL

        init(_ entry: Recording.Entry) {
            method = entry.method
            url = entry.url
        }
    }

    func read() async -> Report {
        var report = Report()
        for entry in entries {
            guard let version = RecordedVersion(entry.url), let call = call(entry, version),
                let plan = plan(entry, version)
            else {
                report.neighbours += 1
                continue
            }
            let place = "\(entry.method) \(entry.url.path)"
            switch await answer(call, plan, entry, version) {
            case .answered: report.read.append("\(place): understood")
            case .tooLate: report.faults.append("\(place): not sent")
            case .failed(let failure):
                report.read.append("\(place): \(failure.code.rawValue)")
                // A success, and an error in the service's own words, have to be understood.
                if failure.code == .unexpectedAnswer, entry.responseBody != nil {
                    report.faults.append("\(place): \(failure.message)")
                }
            }
        }
        return report
    }

    private func answer(
        _ call: CopyCall,
        _ plan: CopyPlan,
        _ entry: Recording.Entry,
        _ version: RecordedVersion
    ) async -> CallResult {
        let budget = ResourceBudget(statusCalls: 1e6, managementCalls: 1e6, listCalls: 1e6, allCalls: nil)
        let access = [plan.source, plan.target].map {
            ($0.name, ResourceAccess(endpoint: $0.endpoint, key: { Secret("recorded-key") }, budget: budget))
        }
        let now = entry.answeredAt ?? Timestamp(milliseconds: 1_700_000_000_000)
        let client = AzureClient(
            access: Dictionary(access) { first, _ in first },
            http: RecordedPages(first: entry, recording: recording, version: version),
            clock: JumpingClock(),
            wallClock: { now },
            logger: Logger(label: "replay") { _ in SwiftLogNoOpLogHandler() }
        )
        guard let permit = try? await client.permit(call, plan: plan, within: .seconds(3600)) else { return .tooLate }
        return await client.send(call, plan: plan, permit: permit, sendBefore: nil)
    }

    private func plan(_ entry: Recording.Entry, _ version: RecordedVersion) -> CopyPlan? {
        let id: String
        switch RecordedCall(method: entry.method, url: entry.url) {
        case .getItem(let item), .delete(let item): id = item
        case .authorize, .copy, .poll, .export, .importProject, .rename, .getProject, .measure, .listItems,
            .listOperations, .room, .other:
            id = "the-target"
        }
        return Conversation.plan(
            version: version,
            opened: entry,
            start: nil,
            sourceID: "the-source",
            targetID: id,
            at: entry.answeredAt ?? Timestamp(milliseconds: 1_700_000_000_000)
        )
    }

    /// The worker's own call that is answered like this; `nil` for a neighbour.
    private func call(_ entry: Recording.Entry, _ version: RecordedVersion) -> CopyCall? {
        let recorded = RecordedCall(method: entry.method, url: entry.url)
        let location = version.spoken(entry.url.text)
        switch version.spoken.family {
        case .formRecognizer:
            switch recorded {
            case .poll: return .formRecognizer(.getCopyResult(operationLocation: location))
            case .getItem(let id): return .formRecognizer(.getTargetModel(id: id))
            case .listItems: return .formRecognizer(.listTargetModels)
            case .room: return .formRecognizer(.getTargetSummary)
            case .delete(let id): return .formRecognizer(.deleteTargetModel(id: id))
            case .authorize, .copy, .export, .importProject, .rename, .getProject, .measure, .listOperations, .other:
                return nil
            }
        case .documentIntelligence:
            switch recorded {
            case .poll: return .documentIntelligence(.getOperation(location: location))
            case .getItem: return .documentIntelligence(.getTarget)
            case .listOperations:
                return .documentIntelligence(.listOperations(since: Timestamp(milliseconds: 0)))
            case .room: return .documentIntelligence(.getTargetInfo)
            case .delete: return .documentIntelligence(.deleteTarget)
            case .authorize, .copy, .export, .importProject, .rename, .getProject, .measure, .listItems, .other:
                return nil
            }
        case .customVision:
            switch recorded {
            case .getProject(let id): return .customVision(.getTargetProject(id: id))
            case .listItems: return .customVision(.listTargetProjects)
            case .delete(let id): return .customVision(.deleteTargetProject(id: id))
            case .authorize, .copy, .poll, .export, .importProject, .rename, .getItem, .measure, .listOperations,
                .room, .other:
                return nil
            }
        }
    }
}

/// Answers one call with its recorded answer, and asks for further pages with those that were recorded.
private struct RecordedPages: HTTPSending {
    let first: Recording.Entry
    let recording: Recording
    let version: RecordedVersion

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        guard let url = RecordedURL(request.url.reveal()) else { throw HTTPSendingError(.notSent, "no URL") }
        let page = recording.entries.first { isAsked($0, by: url) }
        return RecordedAnswer(page ?? first, version: version).response(keepingLink: isRecorded)
    }

    private func isAsked(_ entry: Recording.Entry, by url: RecordedURL) -> Bool {
        entry.method == "GET" && version.spoken(entry.url.path) == url.path
            && Set(entry.url.query.map(version.spoken)) == Set(url.query)
    }

    private func isRecorded(_ link: String) -> Bool {
        guard let url = RecordedURL(link) else { return false }
        return recording.entries.contains { entry in
            entry.url.path == url.path && Set(url.query).isSubset(of: entry.url.query)
        }
    }
}
