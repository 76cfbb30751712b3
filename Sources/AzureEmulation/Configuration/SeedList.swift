/// A list of seeds, or how many to make up.
package enum SeedList<Seed: Decodable & Sendable>: Sendable, Decodable {
    case listed([Seed])
    case generated(Int)

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case generate
    }

    package init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            var seeds: [Seed] = []
            while !list.isAtEnd { seeds.append(try list.decode(Seed.self)) }
            self = .listed(seeds)
        } else {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            self = .generated(try values.decode(.generate, in: 0...100_000, usual: 0))
        }
    }

    /// The seeds; those that are to be made up come from `make`, told their number from 1 on.
    func listed(or make: (Int) -> Seed) -> [Seed] {
        switch self {
        case .listed(let seeds): seeds
        case .generated(let count): (0..<count).map { make($0 + 1) }
        }
    }
}
