/// The nodes of one broker in turn, beginning anywhere, so that a pool of workers spreads over them.
struct NodeRotation: Sendable {
    private let endpoints: [AMQPEndpoint]
    private var index: Int

    /// - Parameter random: from 0 to 1, chooses the first.
    init(_ endpoints: [AMQPEndpoint], random: Double) {
        precondition(!endpoints.isEmpty, "a broker has at least one node")
        self.endpoints = endpoints
        let fraction = min(max(random, 0), 1)
        index = min(Int(fraction * Double(endpoints.count)), endpoints.count - 1)
    }

    mutating func next() -> AMQPEndpoint {
        defer { index = (index + 1) % endpoints.count }
        return endpoints[index]
    }
}
