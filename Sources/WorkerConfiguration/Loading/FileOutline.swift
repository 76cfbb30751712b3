import Yams

/// What a configuration file holds and on which lines, checked against the documented keys: the pass over the YAML
/// tree that finds the names of resources and routes, unknown keys, and values of the wrong form.
struct FileOutline {
    /// Names by section (`resources`, `routes`), in the order of the file.
    private(set) var names: [String: [String]] = [:]
    private(set) var problems: [ConfigurationProblem] = []
    /// Keys whose values are not to be read: the problem with them is known.
    private(set) var refused: Set<String> = []
    /// The file has no key at all.
    private(set) var isEmpty = false
    private var lines: [String: Int] = [:]

    init(_ text: String) {
        do {
            guard let root = try Parser(yaml: text).singleRoot(), root.null == nil else {
                isEmpty = true
                return
            }
            check(root, against: .all, at: [], line: root.mark?.line)
        } catch let error as YamlError {
            problems.append(Self.problem(error))
        } catch {
            problems.append(
                ConfigurationProblem(key: nil, message: "cannot be read as YAML", advice: "Correct the file.")
            )
        }
    }

    /// Of the key, else of the nearest section around it.
    func line(of path: [String]) -> Int? {
        for count in stride(from: path.count, to: 0, by: -1) {
            if let line = lines[path.prefix(count).joined(separator: ".")] { return line }
        }
        return nil
    }

    // MARK: - Walking

    private mutating func check(_ node: Node, against tree: KeyTree, at path: [String], line: Int?) {
        if !path.isEmpty { lines[path.joined(separator: ".")] = line }
        switch tree {
        case .key(let key): check(node, of: key, at: path)
        case .section(let members):
            for (name, value, line) in entries(of: node, at: path) {
                if let member = members.first(where: { $0.name == name }) {
                    check(value, against: member.tree, at: path + [name], line: line)
                } else {
                    refuse(unknown: name, at: path, known: members.map(\.name), line: line)
                }
            }
        case .named(let tree):
            for (name, value, line) in entries(of: node, at: path) {
                names[path.joined(separator: "."), default: []].append(name)
                check(value, against: tree, at: path + [name], line: line)
            }
        }
    }

    private mutating func entries(of node: Node, at path: [String]) -> [(name: String, value: Node, line: Int?)] {
        // A section without members, as in "routes:", is as good as none.
        if node.null != nil { return [] }
        guard let mapping = node.mapping else {
            refuse(path, "must be a section with keys of its own", "Write the keys below it, each on its own line.")
            return []
        }
        return mapping.compactMap { key, value in
            guard let name = key.scalar?.string else {
                refuse(path, "has a key that is no text", "Give every key a name.")
                return nil
            }
            return (name, value, key.mark?.line)
        }
    }

    private mutating func check(_ node: Node, of key: ConfigurationKey, at path: [String]) {
        if node.null != nil {
            return refuse(path, "has no value", "Give it a value, or leave the key out.")
        }
        switch key.type {
        case .list:
            guard let sequence = node.sequence, sequence.allSatisfy({ $0.scalar != nil && $0.null == nil }) else {
                return refuse(path, "must be a list of texts", "Write it as [one, two].")
            }
        case .text, .file, .flag, .wholeNumber, .number, .duration, .choice:
            guard node.scalar != nil else {
                return refuse(path, "must be a single value", "Write it as \(key.path.last ?? ""): VALUE.")
            }
        }
    }

    // MARK: - Problems

    private mutating func refuse(_ path: [String], _ message: String, _ advice: String) {
        let dotted = path.joined(separator: ".")
        refused.insert(dotted)
        problems.append(
            ConfigurationProblem(
                key: dotted.isEmpty ? nil : dotted,
                line: line(of: path),
                message: message,
                advice: advice
            )
        )
    }

    private mutating func refuse(unknown name: String, at path: [String], known: [String], line: Int?) {
        let dotted = (path + [name]).joined(separator: ".")
        refused.insert(dotted)
        let advice: String
        if ["key", "apiKey", "subscriptionKey", "secret", "token"].contains(name), known.contains("keyEnv") {
            advice =
                "Secrets do not belong into this file: name an environment variable with keyEnv, or a file with "
                + "keyFile."
        } else if ["clientSecret", "secret", "password"].contains(name), known.contains("clientSecretEnv") {
            advice =
                "Secrets do not belong into this file: name an environment variable with clientSecretEnv, or a file "
                + "with clientSecretFile."
        } else if name == "password", known.contains("passwordEnv") {
            advice =
                "Secrets do not belong into this file: name an environment variable with passwordEnv, or a file "
                + "with passwordFile."
        } else if let near = Suggestion.nearest(to: name, among: known) {
            advice = "Did you mean \(near)?"
        } else {
            advice = "Take it out; known here: \(known.joined(separator: ", "))."
        }
        problems.append(ConfigurationProblem(key: dotted, line: line, message: "unknown key", advice: advice))
    }

    private static func problem(_ error: YamlError) -> ConfigurationProblem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return ConfigurationProblem(
                key: nil,
                line: mark.line,
                message: "no YAML: \(problem)",
                advice: "Correct the file at this line."
            )
        case .duplicatedKeysInMapping(let names, let context):
            return ConfigurationProblem(
                key: nil,
                line: context.mark.line,
                message: "\(names.joined(separator: ", ")) given twice",
                advice: "Give every key once."
            )
        case .reader(let problem, _, _, _):
            return ConfigurationProblem(
                key: nil,
                message: "no YAML: \(problem)",
                advice: "Save the file as UTF-8 text."
            )
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return ConfigurationProblem(key: nil, message: "cannot be read as YAML", advice: "Correct the file.")
        }
    }
}
