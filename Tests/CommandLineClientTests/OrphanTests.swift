import CommandLineClient
import CopyContract
import CopyDomain
import CopyJournal
import Testing

@Suite("What runs left, for people")
struct OrphanTests {
    private static let noon = Timestamp(milliseconds: 1_795_262_400_000)

    private static func obligation(
        _ subject: ObligationSubject,
        nextLook: Timestamp,
        needsPerson: Bool = false,
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
            needsPerson: needsPerson,
            finding: finding
        )
    }

    @Test("a line names request, resource, what it is, and what is to happen")
    func lines() throws {
        let model = try Self.obligation(.model(id: "m"), nextLook: Self.noon)
        let after = Self.noon + .seconds(1)
        let before = Self.noon - .seconds(1)
        #expect(
            OrphanLine(model, of: .ended, now: after).text == "7  r  east  the model m  is due: it was given up"
        )
        #expect(OrphanLine(model, of: .ended, now: before).text.contains("waits until 2026-11-21T12:00:00"))
        #expect(OrphanLine(model, of: .underWay, now: after).text.contains("under way"))
        let stuck = try Self.obligation(
            .reservation(id: "x"),
            nextLook: Self.noon,
            needsPerson: true,
            finding: "it is\nthere"
        )
        #expect(OrphanLine(stuck, of: .ended, now: after).text.hasSuffix("needs a person: it is there"))
        let hidden = OrphanLine(stuck, of: .unreadable("the stored plan\u{7} is damaged"), now: after)
        #expect(hidden.text.contains("its request cannot be read (the stored plan") && !hidden.text.contains("\u{7}"))
    }

    @Test("what cannot be read is listed with its number")
    func unreadable() throws {
        let damaged = UnreadableObligation(number: 9, message: "an obligation of request r: damaged\n")
        #expect(damaged.text.hasPrefix("9  cannot be read and needs a person: an obligation of request r"))
        let value = try JSONParser.parse(Array(damaged.json.utf8))
        #expect(value["number"]?.integer == 9 && value["unreadable"]?.string?.contains("damaged") == true)
    }

    @Test("people get the columns' names, or a word if there is nothing; programs get the rows")
    func listing() {
        let listing = OrphanLine.listing
        #expect(listing.text(["a", "b"], forPeople: true).output == "NUMBER  REQUEST  RESOURCE  WHAT  STATE\na\nb\n")
        #expect(listing.text(["a", "b"], forPeople: false) == ("a\nb\n", nil))
        #expect(listing.text([], forPeople: true) == ("", "nothing is owed"))
        #expect(listing.text([], forPeople: false) == ("", nil))
    }

    @Test("as JSON it has the names of the outcomes' leftBehind")
    func json() throws {
        let obligation = try Self.obligation(
            .emptyModel(from: Self.noon, to: Self.noon, suspects: ["a", "b"]),
            nextLook: Self.noon,
            needsPerson: true
        )
        let value = try JSONParser.parse(Array(OrphanLine(obligation, of: .ended, now: Self.noon).json.utf8))
        #expect(value["type"]?.string == "empty-model" && value["needsPerson"]?.bool == true)
        #expect(value["suspects"]?.array?.count == 2 && value["requestId"]?.string == "r")
    }
}
