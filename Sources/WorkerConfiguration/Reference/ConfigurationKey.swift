/// One documented key of the configuration.
package struct ConfigurationKey: Sendable {
    /// What a value is and which values are allowed.
    package enum ValueType: Sendable {
        case text
        /// The path of a file.
        case file
        /// A YAML list of texts; in an environment variable separated by commas.
        case list
        case flag
        case wholeNumber(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case duration(ClosedRange<Duration>)
        case choice([String])
    }

    /// What stands for a name that the user chose, e.g. of a resource.
    package static let nameComponent = "<name>"

    /// With ``nameComponent`` where a user's name stands.
    package let path: [String]
    package let type: ValueType
    /// `nil`: without a value unless one is given.
    package let defaultValue: String?
    package let isRequired: Bool
    /// Shown in the reference, without a full stop.
    package let meaning: String
    /// Never shown as it is.
    package let isSecret: Bool

    init(
        _ path: String,
        _ type: ValueType,
        default defaultValue: String? = nil,
        required: Bool = false,
        secret: Bool = false,
        _ meaning: String
    ) {
        self.path = path.split(separator: ".").map(String.init)
        self.type = type
        self.defaultValue = defaultValue
        self.isRequired = required
        self.isSecret = secret
        self.meaning = meaning
    }

    package var dotted: String { path.joined(separator: ".") }

    /// The path with a name in its place.
    func path(named name: String?) -> [String] {
        guard let name else { return path }
        return path.map { $0 == Self.nameComponent ? name : $0 }
    }
}

extension ConfigurationKey.ValueType {
    /// For the reference's column, e.g. `duration`.
    package var name: String {
        switch self {
        case .text: "text"
        case .file: "file"
        case .list: "list of texts"
        case .flag: "true or false"
        case .wholeNumber: "whole number"
        case .number: "number"
        case .duration: "duration"
        case .choice(let words): words.joined(separator: ", ")
        }
    }

    /// The allowed values, where they are bounded, e.g. `1 to 10000` or `1s to 10m`.
    package var bounds: String? {
        switch self {
        case .text, .file, .list, .flag, .choice: nil
        case .wholeNumber(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "\(NumberText.format(range.lowerBound)) to \(NumberText.format(range.upperBound))"
        case .duration(let range):
            "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
        }
    }
}
