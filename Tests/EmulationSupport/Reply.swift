package import AzureEmulation
import FoundationEssentials

/// An answer as the caller sees it.
package struct Reply: Sendable {
    package let status: Int
    package let headers: HeaderList
    package let text: String

    package init(status: Int, headers: HeaderList, text: String) {
        self.status = status
        self.headers = headers
        self.text = text
    }

    /// One header's value.
    package subscript(_ name: String) -> String? {
        headers[name]
    }

    /// All header names in lower case, in alphabetical order, without the connection's own.
    package var headerNames: [String] {
        headers.fields.map { $0.name.lowercased() }.filter { $0 != "connection" }.sorted()
    }

    /// Every member name of the body in the order of its appearance, those of nested objects too.
    package var memberNames: [String] {
        text.matches(of: /"((?:[^"\\]|\\.)*)":/).map { String($0.output.1) }
    }

    package func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
