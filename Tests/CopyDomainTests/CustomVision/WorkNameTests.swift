import Testing

@testable import CopyDomain

@Suite("The name an import runs under")
struct WorkNameTests {
    private let sample = plan(.customVision3_3)

    @Test("begins like the final name and ends with a mark of request and attempt")
    func form() throws {
        let name = WorkName("parts", plan: sample, attempt: 2).text
        #expect(try #/parts \[copy [0-9a-f]{16}-2\]/#.wholeMatch(in: name) != nil)
    }

    @Test("is the same in every process")
    func stable() {
        #expect(WorkName("parts", plan: sample, attempt: 1).text == "parts [copy e6e58832ae963189-1]")
    }

    @Test("differs by attempt, by run of the request, and by target")
    func unique() {
        let later = plan(.customVision3_3, acceptedAt: noon + .milliseconds(1))
        let names = [
            WorkName("parts", plan: sample, attempt: 1), WorkName("parts", plan: sample, attempt: 2),
            WorkName("parts", plan: later, attempt: 1),
        ]
        #expect(Set(names).count == 3)
    }

    @Test(
        "is bounded, and has nothing at its ends that Azure might trim",
        arguments: [String(repeating: "n", count: 5000), String(repeating: "🧩", count: 500), "  parts", "", " \t"]
    )
    func bounds(finalName: String) {
        let name = WorkName(finalName, plan: sample, attempt: 1).text
        #expect(name.unicodeScalars.count <= 64 + 1 + 26)
        #expect(name.first?.isWhitespace == false)
        #expect(name.hasSuffix("-1]"))
    }

    @Test(
        "is hashed with FNV-1a",
        arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")]
    )
    func hash(text: String, digits: String) {
        // The published test vectors have no separator; hashing it as well is undone by comparing one step later.
        var expected = UInt64(digits, radix: 16) ?? 0
        expected = (expected ^ 0xff) &* 0x0000_0100_0000_01b3
        #expect(StableHash(text).value == expected)
        #expect(StableHash("ab", "c").value != StableHash("a", "bc").value)
    }
}
