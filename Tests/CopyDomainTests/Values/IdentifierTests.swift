import Foundation
import Testing

@testable import CopyDomain

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "accept 1 to 128 of letters, digits and ._~:/@+-",
        arguments: ["a", "dr-2026-11-21-invoices", "Az09._~:/@+-", String(repeating: "x", count: 128)]
    )
    func valid(text: String) {
        #expect(ItemID(rawValue: text)?.rawValue == text)
        #expect(RequestID(rawValue: text)?.rawValue == text)
    }

    @Test(
        "refuse everything else",
        arguments: [
            "", String(repeating: "x", count: 129), "a b", "a\n", "\0", "ä", "a%2Fb", "a#1", "a\\b", "🧩", "a\u{301}",
        ]
    )
    func invalid(text: String) {
        #expect(ItemID(rawValue: text) == nil)
        #expect(RequestID(rawValue: text) == nil)
    }

    @Test("resource names are 1 to 63 of lower-case letters, digits and hyphens")
    func resourceNames() {
        for text in ["a", "invoices-westus2", "0", "-", String(repeating: "z", count: 63)] {
            #expect(ResourceName(rawValue: text)?.rawValue == text)
        }
        for text in ["", "A", "a_b", "a.b", "a/b", "ä", "a ", String(repeating: "z", count: 64)] {
            #expect(ResourceName(rawValue: text) == nil)
        }
    }

    @Test("are checked when they are read as well")
    func decoding() throws {
        #expect(stored(ItemID(rawValue: "a/b")!) == ItemID(rawValue: "a/b"))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(RequestID.self, from: Data(#""a b""#.utf8))
        }
    }
}
