import FoundationEssentials

extension AdminDesk {
    /// What is held now, or as soon as `count` (1) requests are, at the latest after `wait` seconds (0).
    func held(_ order: AdminOrder) async -> AdminAnswer {
        if let wait = order.query["wait"].flatMap(Double.init), wait > 0 {
            let count = order.query["count"].flatMap(Int.init) ?? 1
            await azure.holds.waitForHeld(count: count, seconds: min(wait, 600), sleep: sleep)
        }
        return AdminAnswer(
            body: .array(
                azure.holds.held.map { id, request in
                    [
                        "id": .count(id), "resource": .string(request.resource), "call": .string(request.call),
                        "clientRequestID": .text(request.clientRequestID), "when": .string(request.when.rawValue),
                        "since": .string(request.since.sevenDigits),
                    ]
                }
            )
        )
    }

    private struct Release: Decodable {
        let then: HoldRelease?
    }

    func release(_ id: String, _ order: AdminOrder) -> AdminAnswer {
        guard let release = release(in: order) else { return .refused("then: say 'work' or 'drop'.") }
        guard let number = Int(id), azure.holds.release(number, as: release.then) else {
            return .unknown("No request \(id) is held.")
        }
        return .done
    }

    func releaseAll(_ order: AdminOrder) -> AdminAnswer {
        guard let release = release(in: order) else { return .refused("then: say 'work' or 'drop'.") }
        let ids = azure.holds.held.map(\.id).filter { azure.holds.release($0, as: release.then) }
        return AdminAnswer(body: ["released": .array(ids.map(JSON.count))])
    }

    private func release(in order: AdminOrder) -> Release? {
        order.body.isEmpty
            ? Release(then: nil)
            : try? JSONDecoder().decode(Release.self, from: Data(order.body))
    }
}
