import CopyContract

extension WorkerConfiguration {
    /// The configuration as it took effect, as YAML that can be loaded again: defaults filled in and marked, values from
    /// the environment marked, no secrets.
    package func effective() -> String {
        // Entries of one section do not always come one after the other, and sections keep the reference's order.
        Self.lines(entries.map { ($0.path[...], $0) }, depth: 0).joined(separator: "\n") + "\n"
    }

    private static func lines(_ entries: [(rest: ArraySlice<String>, entry: EffectiveEntry)], depth: Int) -> [String] {
        var groups: [(name: String, entries: [(ArraySlice<String>, EffectiveEntry)])] = []
        for (rest, entry) in entries {
            guard let name = rest.first else { continue }
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].entries.append((rest.dropFirst(), entry))
            } else {
                groups.append((name, [(rest.dropFirst(), entry)]))
            }
        }
        let indent = String(repeating: "  ", count: depth)
        return groups.flatMap { group in
            if let only = group.entries.first, only.0.isEmpty {
                return ["\(indent)\(group.name): \(text(only.1.value))\(comment(only.1.origin))"]
            }
            return ["\(indent)\(group.name):"] + lines(group.entries, depth: depth + 1)
        }
    }

    private static func text(_ value: EffectiveEntry.Value) -> String {
        switch value {
        case .plain(let text): text
        case .text(let text): quoted(text)
        case .list(let texts): "[" + texts.map(quoted).joined(separator: ", ") + "]"
        }
    }

    /// A JSON string is a YAML string in double quotation marks.
    private static func quoted(_ text: String) -> String {
        String(decoding: JSONText.encode(.string(text)), as: UTF8.self)
    }

    private static func comment(_ origin: EffectiveEntry.Origin) -> String {
        switch origin {
        case .file: ""
        case .variable(let name): "  # from \(name)"
        case .builtIn: "  # default"
        }
    }
}
