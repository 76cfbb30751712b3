/// How long an answer takes, apart from faults.
package struct Latency: Sendable, Equatable, Decodable {
    package var milliseconds: Double
    /// A share of `milliseconds` (0 to 1).
    package var spread: Double

    package init(milliseconds: Double = 0, spread: Double = 0) {
        self.milliseconds = milliseconds
        self.spread = spread
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case milliseconds, spread
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        milliseconds = try values.decode(.milliseconds, in: 0...60_000, usual: 0)
        spread = try values.decode(.spread, in: 0...1, usual: 0)
    }
}
