/// The documented keys as a tree, to walk it along with a file.
indirect enum KeyTree: Sendable {
    case key(ConfigurationKey)
    /// A section with these members, in the order of the reference.
    case section([(name: String, tree: KeyTree)])
    /// A section whose members have names that the user chooses.
    case named(KeyTree)

    static let all = KeyTree(ConfigurationReference.keys.map { ($0.path[...], $0) })

    private init(_ keys: [(rest: ArraySlice<String>, key: ConfigurationKey)]) {
        if keys.count == 1, let only = keys.first, only.rest.isEmpty {
            self = .key(only.key)
            return
        }
        var groups: [(name: String, keys: [(ArraySlice<String>, ConfigurationKey)])] = []
        for (rest, key) in keys {
            guard let name = rest.first else { preconditionFailure("\(key.dotted) is a key and a section") }
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].keys.append((rest.dropFirst(), key))
            } else {
                groups.append((name, [(rest.dropFirst(), key)]))
            }
        }
        if groups.count == 1, let only = groups.first, only.name == ConfigurationKey.nameComponent {
            self = .named(KeyTree(only.keys))
        } else {
            self = .section(groups.map { ($0.name, KeyTree($0.keys)) })
        }
    }
}
