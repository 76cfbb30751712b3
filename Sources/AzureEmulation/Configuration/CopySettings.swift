/// How long a copy or an import takes.
package struct CopySettings: Sendable, Equatable, Decodable {
    /// Seconds from the answer to the end of the copy.
    package var seconds: Double
    /// How far a copy's time strays from `seconds`, as a share of it (0 to 1).
    package var spread: Double
    /// The share of its time that a copy on its way to failure spends `running`.
    ///
    /// Successes went straight from notStarted to succeeded in every v2 recording (azure-copy-apis.md 5).
    package var runningShare: Double

    package init(seconds: Double = 5, spread: Double = 0.3, runningShare: Double = 0.2) {
        self.seconds = seconds
        self.spread = spread
        self.runningShare = runningShare
    }

    package init(from decoder: any Decoder) throws {
        let change = try Change(from: decoder)
        do {
            self = try CopySettings().changed(by: change)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: error.sentence)
            )
        }
    }

    /// The settings that a caller names.
    struct Change: Sendable, Decodable {
        let seconds: Double?
        let spread: Double?
        let runningShare: Double?

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case seconds, spread, runningShare
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            seconds = try values.decodeIfPresent(Double.self, forKey: .seconds)
            spread = try values.decodeIfPresent(Double.self, forKey: .spread)
            runningShare = try values.decodeIfPresent(Double.self, forKey: .runningShare)
        }
    }

    func changed(by change: Change) throws(ConfigurationError) -> CopySettings {
        let changed = CopySettings(
            seconds: change.seconds ?? seconds,
            spread: change.spread ?? spread,
            runningShare: change.runningShare ?? runningShare
        )
        guard (0...100_000_000).contains(changed.seconds), (0...1).contains(changed.spread),
            (0...1).contains(changed.runningShare)
        else {
            throw ConfigurationError(
                sentence: "seconds lies between 0 and 100000000, spread and runningShare between 0 and 1."
            )
        }
        return changed
    }
}
