/// A string that prints as `***` by whatever route: description, debug description, mirror or interpolation.
///
/// Encoding is the one way out besides ``reveal()``: a checkpoint has to hold the token it will send, and the files
/// that hold checkpoints are mode 0600.
package struct Secret: Hashable, Sendable {
    private let value: String

    package init(_ value: String) {
        self.value = value
    }

    /// The secret itself, for the one place that puts it into a request.
    package func reveal() -> String { value }

    package var isEmpty: Bool { value.isEmpty }
}

extension Secret: Codable {
    package init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
