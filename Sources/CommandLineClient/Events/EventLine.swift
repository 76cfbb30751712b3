package import CopyContract
import CopyDomain

/// An event as one line for people. Text from outside is stripped of control characters.
package enum EventLine {
    /// `13:00:02.123Z dr-2026-11-21-invoices  progress   copying (running)`
    package static func full(_ event: CopyEvent) -> String {
        let time = event.time.rfc3339.dropFirst(11)
        let id = Printable.line(event.requestID ?? "(no id)", limit: 128)
        return "\(time) \(id)  \(padded(event.event.rawValue, to: 9))  \(summary(event))"
    }

    /// What the event says, without time, id and name.
    package static func summary(_ event: CopyEvent) -> String {
        switch event.event {
        case .accepted, .started: route(event)
        case .progress: progress(event)
        case .succeeded: success(event)
        case .failed, .rejected: error(event)
        case .cancelled: "cancelled" + duration(event) + leftBehind(event)
        case .checked: check(event)
        }
    }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func route(_ event: CopyEvent) -> String {
        let version = event.apiVersion.map { " " + text($0) } ?? ""
        let source = [event.sourceResource, event.sourceItem].compactMap { $0 }.map(text).joined(separator: "/")
        let target = [event.targetResource, event.targetID, event.targetName].compactMap { $0 }.map(text).joined(
            separator: "/"
        )
        return "\(event.kind.map(text) ?? "unknown")\(version): \(source) -> \(target)"
    }

    private static func progress(_ event: CopyEvent) -> String {
        let status = event.azureStatus.map { " (\(text($0)))" } ?? ""
        return (event.phase.map(text) ?? "under way") + status
    }

    private static func success(_ event: CopyEvent) -> String {
        let target = [event.targetResource, event.targetID].compactMap { $0 }.map(text).joined(separator: "/")
        let name = event.targetName.map { " \(Printable.quoted($0))" } ?? ""
        let there = event.data["alreadyThere"]?.bool == true ? " was there already" : ""
        return target + name + there + duration(event) + warnings(event)
    }

    private static func check(_ event: CopyEvent) -> String {
        let problems = (event.data["problems"]?.array ?? []).map { problem in
            [problem["code"], problem["message"]].compactMap { $0?.string }.map(text).joined(separator: ": ")
        }
        let seen = (event.data["verified"]?.array ?? []).compactMap(\.string).map(text)
        let line = event.isGood ? "ok: " + seen.joined(separator: ", ") : problems.joined(separator: "; ")
        return line + warnings(event)
    }

    private static func warnings(_ event: CopyEvent) -> String {
        (event.data["warnings"]?.array ?? []).compactMap(\.string).map { "; " + text($0) }.joined()
    }

    private static func error(_ event: CopyEvent) -> String {
        guard let error = event.error else { return "without a reason" }
        var line = "\(text(error.code)): \(text(error.message))"
        if let azure = error.azure {
            let parts = [
                azure.status.map { "HTTP \($0)" }, azure.code.map(text), azure.innerCode.map(text),
                azure.requestID.map { "request " + text($0) },
            ]
            let known = parts.compactMap { $0 }
            if !known.isEmpty { line += " [Azure: \(known.joined(separator: ", "))]" }
        }
        return line + duration(event) + leftBehind(event)
    }

    private static func duration(_ event: CopyEvent) -> String {
        guard let seconds = event.seconds, seconds.isFinite else { return "" }
        let tenths = (seconds * 10).rounded() / 10
        return " in \(tenths) s"
    }

    private static func leftBehind(_ event: CopyEvent) -> String {
        guard let items = event.data["leftBehind"]?.array, !items.isEmpty else { return "" }
        let names = items.map { item in
            let parts = [item["resource"], item["type"], item["id"] ?? item["name"]].compactMap { $0?.string }
            return parts.map(text).joined(separator: " ")
        }
        return "; left behind: " + names.joined(separator: ", ")
    }

    private static func text(_ text: String) -> String { Printable.line(text, limit: 400) }
}
