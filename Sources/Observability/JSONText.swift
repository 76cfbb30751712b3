/// Writes compact JSON into one string, in the order in which it is told.
///
/// Log lines are written often, with members in a fixed order and values of mixed kinds; `JSONEncoder` offers neither
/// an order nor a value of mixed kinds.
struct JSONText {
    private(set) var text = ""

    mutating func object(_ members: (inout Object) -> Void) {
        text += "{"
        var object = Object(json: self)
        members(&object)
        self = object.json
        text += "}"
    }

    mutating func array(_ elements: (inout Array) -> Void) {
        text += "["
        var array = Array(json: self)
        elements(&array)
        self = array.json
        text += "]"
    }

    /// A value that is JSON already, e.g. `12` or `true`.
    mutating func literal(_ value: String) {
        text += value
    }

    mutating func string(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Line separators and C1 controls are legal in JSON, but some readers of logs break lines at them.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    struct Object {
        fileprivate var json: JSONText
        private var isEmpty = true

        fileprivate init(json: JSONText) {
            self.json = json
        }

        mutating func member(_ name: String, _ value: String) {
            member(name) { $0.string(value) }
        }

        mutating func member(_ name: String, _ value: (inout JSONText) -> Void) {
            if !isEmpty { json.text += "," }
            isEmpty = false
            json.string(name)
            json.text += ":"
            value(&json)
        }
    }

    struct Array {
        fileprivate var json: JSONText
        private var isEmpty = true

        fileprivate init(json: JSONText) {
            self.json = json
        }

        mutating func element(_ value: (inout JSONText) -> Void) {
            if !isEmpty { json.text += "," }
            isEmpty = false
            value(&json)
        }
    }
}
