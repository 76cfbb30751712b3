import CopyDomain
import CopyJournal
import Foundation
import Testing

/// What every checkpoint holds, held against the number that older workers go by.
@Suite("the format of checkpoints")
struct CheckpointFormatTests {
    private static let head = [
        "context", "machine.FAMILY._0.plan", "machine.FAMILY._0.preflight.problems",
        "machine.FAMILY._0.preflight.verified", "machine.FAMILY._0.record.attempts",
        "machine.FAMILY._0.record.backoff.failures", "machine.FAMILY._0.record.leftBehind",
        "machine.FAMILY._0.record.obligations", "machine.FAMILY._0.record.targetDeleted",
        "machine.FAMILY._0.record.targetIDs", "machine.FAMILY._0.record.warnings",
        "machine.FAMILY._0.state.requested", "sequence",
    ]

    @Test(
        "is raised when a worker of the one before could not read them any more",
        arguments: [
            (APIVersion.formRecognizer2_1, "formRecognizer", ["abandoned", "lostAuthorizations", "mismatches"]),
            (
                .documentIntelligence4_0, "documentIntelligence",
                ["conflictsMet", "hasOpenAuthorization", "mismatches", "operationIDs"]
            ),
            (.customVision3_3, "customVision", ["failedImports", "openNames"]),
        ]
    )
    func members(version: APIVersion, family: String, own: [String]) throws {
        let checkpoint = Checkpoint(first: try Self.plan(version))
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(checkpoint))
        let head = Self.head.map { $0.replacingOccurrences(of: "FAMILY", with: family) }
        let expected = head + own.map { "machine.\(family)._0.\($0)" }
        #expect(Self.paths(json) == expected.sorted())
        #expect(Checkpoint.currentFormat == 3, "these are the members of format 3; others need another number")
    }

    /// The members that have no members of their own; a plan is looked at no closer.
    private static func paths(_ json: Any, at path: String = "") -> [String] {
        guard let object = json as? [String: Any], !object.isEmpty, !path.hasSuffix(".plan") else { return [path] }
        return object.flatMap { paths($1, at: path.isEmpty ? $0 : "\(path).\($0)") }.sorted()
    }

    private static func plan(_ version: APIVersion) throws -> CopyPlan {
        let resource = try #require(ResourceName(rawValue: "models"))
        let frozen = FrozenResource(name: resource, endpoint: "https://models.example.com", armID: "/a", region: "r")
        let item = try #require(ItemID(rawValue: "invoices"))
        let request = CopyRequest(
            id: try #require(RequestID(rawValue: "dr-1")),
            kind: try #require(version.kinds.first),
            source: CopySource(resource: resource, item: .id(item)),
            target: CopyTarget(resource: resource, id: version.family == .documentIntelligence ? item : nil),
            apiVersion: version,
            deadline: nil
        )
        let now = Timestamp(milliseconds: 0)
        return CopyPlan(
            request: request,
            source: frozen,
            target: frozen,
            acceptedAt: now,
            deadline: now + .seconds(3600),
            limits: MachineLimits()
        )
    }
}
