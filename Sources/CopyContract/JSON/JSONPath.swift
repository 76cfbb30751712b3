/// Where in a JSON text something stands, e.g. `target.tags` or `items[2].name`.
package struct JSONPath: Hashable, Sendable, CustomStringConvertible {
    private enum Component: Hashable, Sendable {
        case field(String)
        case index(Int)
    }

    private var components: [Component] = []

    package init() {}

    package func field(_ name: String) -> JSONPath {
        var path = self
        path.components.append(.field(name))
        return path
    }

    package func index(_ index: Int) -> JSONPath {
        var path = self
        path.components.append(.index(index))
        return path
    }

    package var isRoot: Bool { components.isEmpty }

    /// Fit to be shown: cut, with control characters replaced.
    package var description: String {
        var text = ""
        for component in components {
            switch component {
            case .field(let name): text += (text.isEmpty ? "" : ".") + Printable.line(name, limit: 64)
            case .index(let index): text += "[\(index)]"
            }
        }
        return Printable.line(text, limit: 200)
    }
}
