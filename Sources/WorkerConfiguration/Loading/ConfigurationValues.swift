import Configuration

/// Looks values up by key, converts them, and collects everything that is wrong and everything that took effect.
///
/// A value that cannot be used is a problem, and its key's default stands in, so that the rest is checked as well.
struct ConfigurationValues {
    let outline: FileOutline
    let environment: [String: String]
    private let reader: ConfigReader
    private(set) var problems: [ConfigurationProblem]
    var warnings: [ConfigurationProblem] = []
    /// Files that hold secrets, as they are named in the configuration.
    var secretFiles: [String] = []
    private(set) var entries: [EffectiveEntry] = []
    private(set) var namesOfVariables: Set<String> = []

    init(outline: FileOutline, file: some ConfigProvider, environment: [String: String]) {
        self.outline = outline
        self.environment = environment
        problems = outline.problems
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
        reader = ConfigReader(providers: [variables.prefixKeys(with: ConfigKey(["copyWorker"])), file])
    }

    // MARK: - Problems

    mutating func report(
        _ key: ConfigurationKey,
        named name: String? = nil,
        _ message: String,
        advice: String
    ) {
        let path = key.path(named: name)
        problems.append(problem(path, message, advice))
    }

    mutating func report(section path: [String], _ message: String, advice: String) {
        problems.append(
            ConfigurationProblem(
                key: path.joined(separator: "."),
                line: outline.line(of: path),
                message: message,
                advice: advice
            )
        )
    }

    /// Tells what is worth telling and no reason not to start.
    mutating func warn(_ key: ConfigurationKey, named name: String? = nil, _ message: String, advice: String) {
        warnings.append(problem(key.path(named: name), message, advice))
    }

    private func problem(_ path: [String], _ message: String, _ advice: String) -> ConfigurationProblem {
        let variable = EnvironmentNames.name(of: path)
        let isFromVariable = environment[variable] != nil
        return ConfigurationProblem(
            key: path.joined(separator: "."),
            line: isFromVariable ? nil : outline.line(of: path),
            variable: isFromVariable ? variable : nil,
            message: message,
            advice: advice
        )
    }

    /// Something is wrong with the key itself.
    func isReported(_ key: ConfigurationKey, named name: String? = nil) -> Bool {
        let dotted = key.path(named: name).joined(separator: ".")
        return problems.contains { $0.key == dotted }
    }

    // MARK: - Values

    /// Without the key's default.
    private mutating func given<Value>(
        _ key: ConfigurationKey,
        _ name: String?,
        read: (ConfigKey) -> Value?
    ) -> Value? {
        let path = key.path(named: name)
        namesOfVariables.insert(EnvironmentNames.name(of: path))
        guard
            environment[EnvironmentNames.name(of: path)] != nil
                || !outline.refused.contains(path.joined(separator: "."))
        else { return nil }
        let value = read(ConfigKey(path))
        if value == nil, key.isRequired {
            problems.append(problem(path, "is missing", "Add it: \(key.meaning)."))
        }
        return value
    }

    private func origin(of path: [String], isGiven: Bool) -> EffectiveEntry.Origin {
        guard isGiven else { return .builtIn }
        let variable = EnvironmentNames.name(of: path)
        return environment[variable] == nil ? .file : .variable(variable)
    }

    private mutating func record(_ key: ConfigurationKey, _ name: String?, _ value: EffectiveEntry.Value, isGiven: Bool)
    {
        let path = key.path(named: name)
        entries.append(EffectiveEntry(path: path, value: value, origin: origin(of: path, isGiven: isGiven)))
    }

    /// The value, else `fallback`, else the key's default; `nil` when there is neither.
    private mutating func converted<Value>(
        _ key: ConfigurationKey,
        _ name: String?,
        fallback: String?,
        advice: String,
        as effective: (Value) -> EffectiveEntry.Value,
        convert: (String) -> Value?
    ) -> Value? {
        let reader = reader
        let text = given(key, name) { reader.string(forKey: $0, isSecret: key.isSecret) }
        if let text {
            if let value = convert(text) {
                record(key, name, effective(value), isGiven: true)
                return value
            }
            let shown = key.isSecret ? "the value" : "\"\(text.prefix(60))\""
            report(key, named: name, text.isEmpty ? "is empty" : "\(shown) cannot be used", advice: advice)
        }
        guard let value = (fallback ?? key.defaultValue).flatMap(convert) else { return nil }
        record(key, name, effective(value), isGiven: false)
        return value
    }

    mutating func text(_ key: ConfigurationKey, named name: String? = nil, default fallback: String? = nil) -> String? {
        converted(key, name, fallback: fallback, advice: "Give it a text.", as: { .text($0) }) { $0.isEmpty ? nil : $0 }
    }

    mutating func flag(_ key: ConfigurationKey, named name: String? = nil) -> Bool {
        converted(key, name, fallback: nil, advice: "Write true or false.", as: { .plain("\($0)") }) { text in
            switch text.lowercased() {
            case "true": true
            case "false": false
            default: nil
            }
        } ?? false
    }

    mutating func wholeNumber(_ key: ConfigurationKey, named name: String? = nil) -> Int {
        guard case .wholeNumber(let range) = key.type else { preconditionFailure("\(key.dotted) is no whole number") }
        return converted(
            key,
            name,
            fallback: nil,
            advice: "Write a whole number from \(key.type.bounds ?? "").",
            as: { .plain("\($0)") }
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } } ?? range.lowerBound
    }

    mutating func number(_ key: ConfigurationKey, named name: String? = nil, default fallback: Double? = nil) -> Double?
    {
        guard case .number(let range) = key.type else { preconditionFailure("\(key.dotted) is no number") }
        return converted(
            key,
            name,
            fallback: fallback.map(NumberText.format),
            advice: "Write a number from \(key.type.bounds ?? ""), e.g. 2.5.",
            as: { .plain(NumberText.format($0)) }
        ) { text in NumberText.parse(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    mutating func duration(_ key: ConfigurationKey) -> Duration {
        guard case .duration(let range) = key.type else { preconditionFailure("\(key.dotted) is no duration") }
        return converted(
            key,
            nil,
            fallback: nil,
            advice:
                "Write a whole number with ms, s, m, h or d, from \(key.type.bounds ?? ""), e.g. \(key.defaultValue ?? "5s").",
            as: { .plain(DurationText.format($0)) }
        ) { text in DurationText.parse(text).flatMap { range.contains($0) ? $0 : nil } } ?? range.lowerBound
    }

    mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ key: ConfigurationKey,
        of type: Value.Type,
        named name: String? = nil,
        where isAllowed: (Value) -> Bool = { _ in true }
    ) -> Value? {
        let words = Value.allCases.filter(isAllowed).map(\.rawValue)
        return converted(
            key,
            name,
            fallback: nil,
            advice: "Write one of \(words.joined(separator: ", ")).",
            as: { .text($0.rawValue) }
        ) { text in words.contains(text) ? Value(rawValue: text) : nil }
    }

    /// - Parameter shown: how an element is shown to people.
    mutating func list(
        _ key: ConfigurationKey,
        named name: String? = nil,
        shown: (String) -> String = { $0 }
    ) -> [String] {
        let reader = reader
        let given = given(key, name) { reader.stringArray(forKey: $0, isSecret: key.isSecret) }
        let value = given ?? key.defaultValue.map { $0.split(separator: ",").map { $0.trimmed() } } ?? []
        record(key, name, .list(value.map(shown)), isGiven: given != nil)
        return value
    }
}

extension Substring {
    func trimmed() -> String {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
