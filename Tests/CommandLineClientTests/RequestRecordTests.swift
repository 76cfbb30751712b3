import CommandLineClient
import CopyContract
import CopyDomain
import CopyJournal
import Testing

@Suite("What the journal knows about a request, for people")
struct RequestRecordTests {
    private static let noon = Timestamp(milliseconds: 1_795_262_400_000)

    private static func plan() throws -> CopyPlan {
        let (west, east) = (
            try #require(ResourceName(rawValue: "west")), try #require(ResourceName(rawValue: "east"))
        )
        let item = try #require(ItemID(rawValue: "letters"))
        return CopyPlan(
            request: CopyRequest(
                id: try #require(RequestID(rawValue: "r")),
                kind: .documentModel,
                source: CopySource(resource: west, item: .id(item)),
                target: CopyTarget(resource: east, id: item),
                apiVersion: .documentIntelligence4_0,
                deadline: nil
            ),
            source: FrozenResource(name: west, endpoint: "https://w.test", armID: "/w", region: "westus2"),
            target: FrozenResource(name: east, endpoint: "https://e.test", armID: "/e", region: "eastus"),
            acceptedAt: noon,
            deadline: noon + .seconds(3600),
            limits: MachineLimits()
        )
    }

    private static func entry(
        outcome: StoredOutcome? = nil,
        isCancelRequested: Bool = false,
        deaths: OwnerDeaths = OwnerDeaths(),
        damage: String? = nil
    ) throws -> JournalEntry {
        let plan = try plan()
        return JournalEntry(
            id: plan.request.id,
            run: 1,
            plan: plan,
            phase: outcome == nil ? .copying : .ended,
            owner: outcome == nil ? OwnerID(rawValue: "host-7\u{7}") : nil,
            epoch: 3,
            acceptedAt: noon,
            outcome: outcome,
            published: false,
            isCancelRequested: isCancelRequested,
            deaths: deaths,
            damage: damage
        )
    }

    @Test("one under way: phase, owner, what is wished of it, what it owes")
    func underWay() throws {
        let owed = RecordedObligation(
            number: 4,
            request: try Self.plan().request.id,
            run: 1,
            obligation: Obligation(
                resource: try #require(ResourceName(rawValue: "east")),
                subject: .reservation(id: "letters"),
                due: Self.noon,
                reason: "an answer was lost"
            ),
            nextLook: Self.noon
        )
        let entry = try Self.entry(isCancelRequested: true, deaths: OwnerDeaths(recent: 1, total: 2))
        let record = RequestRecord(entry, owing: [owed], now: Self.noon)
        for line in [
            "request: r", "from: west, id letters", "to: east, id letters", "cancel: asked for",
            "run: 1, epoch 3", "owners that died: 2",
        ] {
            #expect(record.text.split(separator: "\n").map(String.init).contains(line), "\(line)")
        }
        #expect(record.text.contains("state: copying, held by the worker host-7"))
        #expect(record.text.contains("owes: 4  r  east") && record.text.contains("under way"))
        #expect(!record.text.contains("\u{7}") && !record.text.contains("damage"))
        let value = try JSONParser.parse(Array(record.json.utf8))
        #expect(value["phase"]?.string == "copying" && value["cancelRequested"]?.bool == true)
        #expect(value["owes"]?.array?.count == 1 && value["outcome"] == nil)
    }

    @Test("one that has ended: how, when, and whether its outcome is published")
    func ended() throws {
        let outcome = StoredOutcome(
            eventID: "r#1#succeeded",
            routingKey: "k",
            event: "succeeded",
            body: Array("the-body".utf8),
            headers: [:],
            correlationID: "c",
            replyTo: nil,
            time: Self.noon
        )
        let record = RequestRecord(try Self.entry(outcome: outcome), owing: [], now: Self.noon)
        #expect(
            record.text.contains("succeeded at 2026-11-21T12:00:00.000Z, its outcome r#1#succeeded is not published")
        )
        let value = try JSONParser.parse(Array(record.json.utf8))
        #expect(value["outcome"]?.string == "succeeded" && value["published"]?.bool == false)
        #expect(!record.json.contains("the-body"))
    }

    @Test("one that no worker can go on with: why")
    func damaged() throws {
        let record = RequestRecord(
            try Self.entry(damage: "the stored checkpoint\u{1B} cannot be read"),
            owing: [],
            now: Self.noon
        )
        #expect(record.text.contains("damage: the stored checkpoint") && !record.text.contains("\u{1B}"))
        #expect(try JSONParser.parse(Array(record.json.utf8))["damage"]?.string?.contains("cannot be read") == true)
    }
}
