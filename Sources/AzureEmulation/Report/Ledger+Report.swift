extension Ledger {
    /// The ledger's part of the report; `gaps` lists each copy's gaps as well.
    func report(gaps: Bool) -> [JSON.Member] {
        let copies = copies.sorted { $0.key < $1.key }.map(\.value)
        return [
            .init("finishedTargets", .array(finishedTargets.map(\.json))),
            .init("finishedPerRequest", Self.counts(finishedTargets.compactMap(\.clientRequestID))),
            .init("finishedPerSource", Self.counts(finishedTargets.map(\.source))),
            .init("authorizations", authorizationReport),
            .init("copies", .array(copies.map { $0.json(gaps: gaps) })),
            .init("pollGaps", GapFigures(microseconds: copies.flatMap(\.gaps))?.json ?? ["count": 0]),
            .init("calls", callReport),
            .init("tokenRequests", tokenRequests.json),
            .init(
                "lateCalls",
                ["pollsAfterEnd": .count(pollsAfterEnd), "expiredAuthorizations": .count(expiredAuthorizations)]
            ),
        ]
    }

    private var authorizationReport: JSON {
        let records = authorizations.sorted { $0.key < $1.key }.map(\.value)
        return [
            "issued": .count(records.count),
            "used": .count(records.count { $0.uses > 0 }),
            "reused": .count(records.reduce(0) { $0 + max(0, $1.uses - 1) }),
            "list": .array(records.map(\.json)),
        ]
    }

    private var callReport: JSON {
        .object(calls.sorted { $0.key < $1.key }.map { .init($0.key, Self.sorted($0.value)) })
    }

    private static func counts(_ names: [String]) -> JSON {
        sorted(names.reduce(into: [:]) { $0[$1, default: 0] += 1 })
    }

    private static func sorted(_ counts: [String: Int]) -> JSON {
        .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .count($0.value)) })
    }
}

extension FinishedTarget {
    var json: JSON {
        [
            "clientRequestID": .text(clientRequestID), "kind": .string(kind.rawValue), "source": .string(source),
            "target": .string(target), "finishedAt": .string(finishedAt.sevenDigits),
        ]
    }
}

extension AuthorizationRecord {
    var json: JSON {
        [
            "resource": .string(resource), "modelId": .string(modelID), "clientRequestID": .text(clientRequestID),
            "issuedAt": .string(issuedAt.sevenDigits), "expiresAt": .string(expiresAt.sevenDigits),
            "uses": .count(uses),
        ]
    }
}

extension CopyRecord {
    func json(gaps: Bool) -> JSON {
        .members([
            ("source", .string(source)), ("target", .string(target)), ("kind", .string(kind.rawValue)),
            ("clientRequestID", .text(clientRequestID)), ("status", .string(status.rawValue)),
            ("startedAt", .string(startedAt.sevenDigits)), ("endedAt", .text(endedAt?.sevenDigits)),
            ("mayDegrade", mayDegrade ? true : nil), ("polls", .count(polls)),
            ("gapsMs", gaps ? .array(self.gaps.map { .milliseconds(Double($0) / 1_000) }) : nil),
        ])
    }
}
