import Testing

@testable import CopyDomain

@Suite("An authorization")
struct GrantTests {
    private static let readings: [(ticks: Int64, milliseconds: Int64)] = [
        (637_251_001_221_004_515, 1_589_503_322_100),
        (1_592_176_306, 1_592_176_306_000),
        (1_678_390_798, 1_678_390_798_000),
        (1_000_000_000_000_000, 1_000_000_000_000_000_000),
        (1_000_000_000_000_001, -62_035_596_800_000),
        (0, 0), (-1, 0), (.min, 0), (.max, 860_201_606_885_477),
    ]

    @Test("reads its expiration as .NET ticks or Unix seconds", arguments: readings)
    func expiration(ticks: Int64, milliseconds: Int64) {
        let grant = FormRecognizerGrant(modelID: "m", accessToken: Secret("t"), expirationDateTimeTicks: ticks)
        #expect(grant.expiration == Timestamp(milliseconds: milliseconds))
        #expect(stored(grant) == grant)
    }
}
