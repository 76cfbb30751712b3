import AzureAI
import AzureEmulation
import CopyDomain
import CopyJournal
import Synchronization

extension Oracle: WireObserver {
    /// From the save to the socket (`sendBefore`).
    private static let oldestIntent: Duration = .seconds(5)
    /// So many polls of one copy by one worker may not come within a second less each.
    private static let pollsInARow = 10

    func sent(_ request: HTTPRequest, _ wire: WireRequest, by host: Host) {
        chronicle.write(host.name, "-> \(wire.resource) \(request.label) for \(wire.requestID?.rawValue ?? "?")")
        guard let id = wire.requestID else { return }
        if wire.method == "GET" {
            if wire.isPoll { polled(id, by: host) }
            return
        }
        if Estate.sources.contains(wire.resource), !wire.startsCopy {
            violated(.sourceUntouched, "\(host.name) sends \(request.label) to \(wire.resource) for \(id.rawValue)")
        }
        let now = clock.elapsed
        let what = "\(host.name) sends \(request.label) for \(id.rawValue)"
        let (intent, record) = state.withLock { state in
            let record = state.records[id]
            state.records[id]?.janitorIntent = nil
            if record?.janitorIntent == nil { state.records[id]?.intent = nil }
            return (record?.intent, record)
        }
        if let announced = record?.janitorIntent {
            if now - announced > Self.oldestIntent {
                violated(.sentInTime, "\(what) \(now - announced) after its intent")
            }
            return
        }
        guard let intent, intent.owner.rawValue == host.name else {
            let owner = record?.owner?.rawValue ?? "nobody"
            return owner == host.name
                ? violated(.intentFirst, "\(what) without a saved intent")
                : violated(.fencedIsSilent, "\(what), which is \(owner)'s")
        }
        if request.sendBefore == nil { violated(.sentInTime, "\(what) with no moment to be sent before") }
        if now - intent.savedAt > Self.oldestIntent {
            violated(.sentInTime, "\(what) \(now - intent.savedAt) after its intent")
        }
        if intent.epoch != record?.epoch { violated(.fencedIsSilent, "\(what) in epoch \(intent.epoch)") }
    }

    func tooLate(_ request: HTTPRequest, _ wire: WireRequest, by host: Host) {
        chronicle.write(host.name, "is too late with \(request.label) for \(wire.requestID?.rawValue ?? "?")")
    }

    func answered(_ request: HTTPRequest, _ wire: WireRequest, _ status: Int?, to host: Host) {
        chronicle.write(
            host.name,
            "<- \(wire.resource) \(status.map(String.init) ?? "no answer") to \(request.label) for "
                + "\(wire.requestID?.rawValue ?? "?")"
        )
    }

    private func polled(_ id: RequestID, by host: Host) {
        let now = clock.elapsed
        let span = state.withLock { state -> Duration? in
            var polls = state.records[id]?.polls[host.name] ?? []
            polls.append(now)
            if polls.count > Self.pollsInARow + 1 { polls.removeFirst() }
            state.records[id]?.polls[host.name] = polls
            return polls.count > Self.pollsInARow ? now - polls[0] : nil
        }
        if let span, span < .seconds(Self.pollsInARow - 1) {
            violated(.pollPace, "\(host.name) asks \(Self.pollsInARow) times within \(span) after \(id.rawValue)")
        }
    }
}

extension WireRequest {
    fileprivate var requestID: RequestID? {
        headers["x-ms-client-request-id"].flatMap(RequestID.init(rawValue:))
    }
}

/// Told by the bytes on the wire: what the client calls its requests is not believed.
extension WireRequest {
    private var path: Substring { Substring(target.utf8.prefix { $0 != UInt8(ascii: "?") }) }

    fileprivate var isPoll: Bool { path.contains("/copyResults/") || path.contains("/operations/") }
    fileprivate var startsCopy: Bool { path.hasSuffix("/copy") || path.hasSuffix(":copyTo") }
}
