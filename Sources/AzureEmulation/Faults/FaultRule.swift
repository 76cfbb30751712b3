/// An order to make calls go wrong, as the admin port takes it.
package struct FaultRule: Sendable, Decodable {
    /// A resource's name, or `*`.
    package var resource: String
    /// A call's name, or `*`.
    package var call: String
    package var fault: FaultKind
    /// Seconds, for `throttle`.
    package var retryAfter: Int
    /// For `slow`.
    package var milliseconds: Double
    /// How long an import that fails takes; nil is as long as any.
    package var seconds: Double?
    package var probability: Double
    /// How often it strikes; nil is for ever.
    package var count: Int?
    package var when: Stage
    /// Only for this `x-ms-client-request-id`; a trailing `*` matches what begins so.
    package var match: String?
    /// What a request held before its work does when it is released.
    package var then: HoldRelease

    /// - Parameter when: nil is the first stage at which `fault` can strike.
    package init(
        _ fault: FaultKind,
        resource: String = "*",
        call: String = "*",
        when: Stage? = nil,
        retryAfter: Int = 1,
        milliseconds: Double = 1_000,
        seconds: Double? = nil,
        probability: Double = 1,
        count: Int? = nil,
        match: String? = nil,
        then: HoldRelease = .work
    ) {
        self.resource = resource
        self.call = call
        self.fault = fault
        self.retryAfter = retryAfter
        self.milliseconds = milliseconds
        self.seconds = seconds
        self.probability = probability
        self.count = count
        self.when = when ?? fault.stages[0]
        self.match = match
        self.then = then
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case resource, call, fault, retryAfter, milliseconds, seconds, probability, count, when, match, then
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        resource = try values.decodeIfPresent(String.self, forKey: .resource) ?? "*"
        call = try values.decodeIfPresent(String.self, forKey: .call) ?? "*"
        fault = try values.decode(FaultKind.self, forKey: .fault)
        retryAfter = try values.decodeIfPresent(Int.self, forKey: .retryAfter) ?? 1
        milliseconds = try values.decode(.milliseconds, in: 0...3_600_000, usual: 1_000)
        seconds = try values.decodeIfPresent(Double.self, forKey: .seconds)
        probability = try values.decode(.probability, in: 0...1, usual: 1)
        count = try values.decodeIfPresent(Int.self, forKey: .count)
        when = try values.decodeIfPresent(Stage.self, forKey: .when) ?? fault.stages[0]
        match = try values.decodeIfPresent(String.self, forKey: .match)
        then = try values.decodeIfPresent(HoldRelease.self, forKey: .then) ?? .work
        if let seconds, !(0...100_000_000).contains(seconds) {
            throw DecodingError.dataCorruptedError(
                forKey: .seconds,
                in: values,
                debugDescription: "\(seconds) does not lie between 0 and 100000000."
            )
        }
        guard fault.stages.contains(when) else {
            let stages = fault.stages.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                forKey: .when,
                in: values,
                debugDescription: "\(fault.rawValue) can strike \(stages), not \(when.rawValue)."
            )
        }
    }
}

/// How a held request goes on.
package enum HoldRelease: String, Sendable, Decodable {
    /// The work is done, even when the caller is gone.
    case work
    /// Nothing is done and the connection is reset.
    case drop
}
