import CommandLineClient
import CopyContract
import CopyDomain
import CopyJournal
import Testing

@Suite("What runs left, for people")
struct OrphanTests {
    private static let noon = Timestamp(milliseconds: 1_795_262_400_000)

    private static func debt(
        _ subject: ObligationSubject,
        nextLook: Timestamp?,
        finding: String? = nil
    ) throws -> RecordedObligation {
        RecordedObligation(
            number: 7,
            request: try #require(RequestID(rawValue: "r")),
            run: 1,
            obligation: Obligation(
                resource: try #require(ResourceName(rawValue: "east")),
                subject: subject,
                due: noon,
                reason: "it was given up"
            ),
            nextLook: nextLook,
            finding: finding
        )
    }

    @Test("a line names request, resource, what it is, and what is to happen")
    func lines() throws {
        let model = try Self.debt(.model(id: "m"), nextLook: Self.noon)
        let after = Self.noon + .seconds(1)
        let before = Self.noon - .seconds(1)
        #expect(
            OrphanLine(model, hasEnded: true, now: after).text == "r  east  the model m  is due: it was given up"
        )
        #expect(OrphanLine(model, hasEnded: true, now: before).text.contains("waits until 2026-11-21T12:00:00"))
        #expect(OrphanLine(model, hasEnded: false, now: after).text.contains("under way"))
        let stuck = try Self.debt(.reservation(id: "x"), nextLook: nil, finding: "it is\nthere")
        #expect(OrphanLine(stuck, hasEnded: true, now: after).text.hasSuffix("needs a person: it is there"))
    }

    @Test("as JSON it has the names of the outcomes' leftBehind")
    func json() throws {
        let debt = try Self.debt(.emptyModel(from: Self.noon, to: Self.noon, suspects: ["a", "b"]), nextLook: nil)
        let value = try JSONParser.parse(Array(OrphanLine(debt, hasEnded: true, now: Self.noon).json.utf8))
        #expect(value["type"]?.string == "empty-model" && value["needsPerson"]?.bool == true)
        #expect(value["suspects"]?.array?.count == 2 && value["requestId"]?.string == "r")
    }
}
