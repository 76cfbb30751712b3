import CopyContract
import CopyDomain
import Testing

/// SplitMix64: the same seed gives the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Mutated messages")
struct FuzzTests {
    static let seeds = [
        (modelRequest, "application/json"), (visionRequest, "application/json"),
        (structured(eventAttributes), "application/cloudevents+json"),
    ]

    /// Changes 1 to 4 places: a byte flipped, dropped, doubled, or a piece of the text or of a dictionary put in.
    static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        let pieces = ["null", "{}", "[", "\"", "\\u", "\\ud800", "1e999", ",", ":", "\0", "\u{FEFF}", "é", "true", "-"]
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[place], at: place)
            case 3: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8, at: place)
            default: bytes.insert(contentsOf: Array(bytes.prefix(place).suffix(20)), at: place)
            }
        }
        return bytes
    }

    @Test("a mutated request is taken or refused, and a refusal is fit to be published", arguments: 0..<8)
    func mutations(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var taken = 0
        var refused = 0
        for round in 0..<2500 {
            let (text, contentType) = Self.seeds[round % Self.seeds.count]
            let mutant = IncomingMessage(
                body: Self.mutated(Array(text.utf8), &random),
                contentType: contentType,
                contentEncoding: nil,
                messageID: nil,
                headers: []
            )
            guard let refusal = rejection(of: mutant) else {
                taken += 1
                continue
            }
            refused += 1
            let event = EventEncoder(source: "urn:test").rejected(
                refusal,
                body: mutant.body,
                messageID: nil,
                context: EventContext(),
                at: Timestamp(milliseconds: 0)
            )
            let decoded = try? CopyEvent.decode(body: event.body)
            if decoded?.error?.code != refusal.code.rawValue || event.eventID.utf8.count > 255 {
                Issue.record("seed \(seed), round \(round): the refusal makes no event that can be read")
            }
        }
        // Both must come up, or the mutations are too weak or too strong to say anything.
        #expect(taken > 20 && refused > 1000)
    }

    @Test("a request that was taken gives the same content when it is written anew", arguments: 0..<4)
    func stable(seed: UInt64) throws {
        var random = SeededGenerator(state: 1000 + seed)
        for _ in 0..<1000 {
            let bytes = Self.mutated(Array(visionRequest.utf8), &random)
            var mutant = message("")
            mutant.body = bytes
            guard let request = try? RequestDecoder.decode(mutant) else { continue }
            let value = try JSONParser.parse(bytes)
            mutant.body = JSONText.encode(value, fields: .sorted)
            #expect(try RequestDecoder.decode(mutant).content == request.content)
        }
    }
}
