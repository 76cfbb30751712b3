import CopyDomain
import Testing

@testable import AzureAI

@Suite("What a resource thinks of our proofs")
struct RefusalRecordTests {
    static func key(_ text: String) throws -> Proof { try #require(Proof(Secret(text), .key)) }
    static func token(_ number: Int) throws -> Proof {
        try #require(Proof(Secret("the-same-text"), .token(number: number)))
    }

    @Test("a key that was replaced meanwhile is no failure; the same key that never worked is one")
    func keys() throws {
        var record = RefusalRecord()
        let (old, new) = (try Self.key("old"), try Self.key("new"))
        #expect(record.refused(old, current: new, at: .zero) == .notDone(retryAfter: nil))
        #expect(record.refused(new, current: new, at: .seconds(1)) == .refused)
        #expect(record.refused(new, current: nil, at: .seconds(2)) == .refused)
    }

    @Test("a key that has worked is given its time to be replaced")
    func grace() throws {
        var record = RefusalRecord()
        let key = try Self.key("k")
        record.accepted()
        #expect(record.isContent)
        for second in [0, 60, 119] {
            #expect(
                record.refused(key, current: key, at: .seconds(second)) == .notDone(retryAfter: RefusalRecord.pause)
            )
            #expect(!record.isContent)
        }
        #expect(record.refused(key, current: key, at: .seconds(120)) == .refused)
        #expect(record.refused(key, current: key, at: .seconds(500)) == .refused)
        record.accepted()
        #expect(
            record.refused(key, current: key, at: .seconds(600)) == .notDone(retryAfter: RefusalRecord.pause)
        )
    }

    @Test("a refused token may be replaced once, whoever else held it")
    func tokens() throws {
        var record = RefusalRecord()
        let (first, second) = (try Self.token(1), try Self.token(2))
        #expect(record.refused(first, current: nil, at: .zero) == .notDone(retryAfter: nil))
        #expect(record.refused(first, current: nil, at: .seconds(1)) == .notDone(retryAfter: nil))
        #expect(record.refused(second, current: nil, at: .seconds(2)) == .refused)
        #expect(record.refused(second, current: nil, at: .seconds(121)) == .notDone(retryAfter: nil))
    }
}
