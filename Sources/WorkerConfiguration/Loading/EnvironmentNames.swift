/// The environment variable of a key: `COPY_WORKER_`, then the path in capitals, words joined by underscores, as
/// swift-configuration spells keys (`worker.pollPeriod` -> `COPY_WORKER_WORKER_POLL_PERIOD`).
enum EnvironmentNames {
    static let prefix = "COPY_WORKER"

    static func name(of path: [String]) -> String {
        ([prefix] + path.map(word)).joined(separator: "_")
    }

    private static func word(_ component: String) -> String {
        var word = ""
        var previous: Character?
        for character in component {
            if let previous, previous.isLowercase, character.isUppercase { word.append("_") }
            word += character.isLetter || character.isNumber ? character.uppercased() : "_"
            previous = character
        }
        return word
    }

    /// Kubernetes describes a Service named `copy-worker` to every pod in variables like these.
    static func isServiceLink(_ name: String) -> Bool {
        let rest = name.dropFirst(prefix.count)
        return rest.hasPrefix("_SERVICE_") || rest == "_PORT" || rest.hasPrefix("_PORT_")
    }
}
