import CopyDomain
import CopyJournal
import Foundation
import Testing

/// A checkpoint that no worker wrote: a machine could not go on with it.
@Suite("A damaged checkpoint")
struct DamagedCheckpointTests {
    @Test(
        "cannot be read",
        arguments: [
            ("the plan's version is of another family", #""apiVersion":"2024-11-30""#, #""apiVersion":"v2.1""#),
            ("the version does not have the kind", #""kind":"document-model""#, #""kind":"vision-project""#),
            ("the id that the caller chooses is missing", #""target":{"id":"invoices","#, #""target":{"#),
            ("the machine is of another family", #"{"documentIntelligence":"#, #"{"formRecognizer":"#),
            ("an id is none", #""id":"dr-1""#, #""id":"a b""#),
        ]
    )
    func unreadable(_ what: String, _ part: String, _ damaged: String) throws {
        let text = try Self.checkpoint()
        _ = try JSONDecoder().decode(Checkpoint.self, from: Data(text.utf8))
        let changed = text.replacingOccurrences(of: part, with: damaged)
        #expect(changed != text)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Checkpoint.self, from: Data(changed.utf8))
        }
    }

    @Test("of a plan and machine that do not go together cannot be read")
    func mixed() throws {
        let other = try Self.checkpoint(.formRecognizer2_1)
        let machine = try #require(other.firstRange(of: "{\"formRecognizer\":"))
        let mixed = other.replacingCharacters(in: machine, with: "{\"documentIntelligence\":")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Checkpoint.self, from: Data(mixed.utf8)) }
    }

    private static func checkpoint(_ version: APIVersion = .documentIntelligence4_0) throws -> String {
        let resource = try #require(ResourceName(rawValue: "models"))
        let frozen = FrozenResource(name: resource, endpoint: "https://models.example.com", armID: "/a", region: "r")
        let item = try #require(ItemID(rawValue: "invoices"))
        let plan = CopyPlan(
            request: CopyRequest(
                id: try #require(RequestID(rawValue: "dr-1")),
                kind: .documentModel,
                source: CopySource(resource: resource, item: .id(item)),
                target: CopyTarget(resource: resource, id: version.family == .documentIntelligence ? item : nil),
                apiVersion: version,
                deadline: nil
            ),
            source: frozen,
            target: frozen,
            acceptedAt: Timestamp(milliseconds: 0),
            deadline: Timestamp(milliseconds: 3_600_000),
            limits: MachineLimits()
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Checkpoint(first: plan)), as: UTF8.self)
    }
}
