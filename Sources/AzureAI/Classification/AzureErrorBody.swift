/// The error bodies of all families in one reading.
///
/// Form Recognizer wraps `{error: {code, message, details, innererror}}` (the inner one spelled in two ways), Custom
/// Vision is flat, the gateway sometimes says `statusCode`, and the edge sends HTML (azure-copy-apis.md 3 and 7).
struct AzureErrorBody: Equatable, Sendable {
    private(set) var code: String?
    /// The innermost code; that of the details when there is no inner error.
    private(set) var innerCode: String?
    /// All codes, from the outermost in.
    private(set) var codes: [String] = []
    /// All messages, from the outermost in.
    private(set) var messages: [String] = []

    /// What the messages say together; each is said once.
    var text: String? {
        messages.isEmpty ? nil : messages.joined(separator: " ")
    }

    init(code: String?, message: String?) {
        add(code: code, message: message)
        self.code = code
    }

    init(_ body: [UInt8]) {
        guard body.count <= 64 * 1024, case .object(let members)? = JSONBody.decode(Member.self, from: body) else {
            return
        }
        var error = members
        if case .object(let wrapped)? = members["error"] { error = wrapped }
        code = (error["code"] ?? error["statuscode"])?.text
        add(code: code, message: error["message"]?.text)
        read(innerErrorOf: error)
        guard case .array(let details)? = error["details"] else { return }
        for case .object(let detail) in details {
            add(code: detail["code"]?.text, message: detail["message"]?.text)
            if innerCode == nil, detail["code"]?.text != code { innerCode = detail["code"]?.text }
            read(innerErrorOf: detail)
        }
    }

    private mutating func read(innerErrorOf error: [String: Member]) {
        var inner = error["innererror"]
        while case .object(let members)? = inner {
            innerCode = members["code"]?.text ?? innerCode
            add(code: members["code"]?.text, message: members["message"]?.text)
            inner = members["innererror"]
        }
    }

    private mutating func add(code: String?, message: String?) {
        if let code, !codes.contains(code) { codes.append(code) }
        if let message, !message.isEmpty, !messages.contains(message) { messages.append(message) }
    }

    /// A JSON value; names of members in lower case, and of those that differ in case only the first in order.
    private enum Member: Decodable {
        case text(String)
        case number(Int)
        case object([String: Member])
        case array([Member])
        case other

        var text: String? {
            switch self {
            case .text(let text): text
            case .number(let number): String(number)
            case .object, .array, .other: nil
            }
        }

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.container(keyedBy: AnyKey.self) {
                var members: [String: Member] = [:]
                for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
                    let name = key.stringValue.lowercased()
                    if members[name] == nil { members[name] = try container.decode(Member.self, forKey: key) }
                }
                self = .object(members)
            } else if let members = try? [Member](from: decoder) {
                self = .array(members)
            } else if let container = try? decoder.singleValueContainer() {
                if let text = try? container.decode(String.self) {
                    self = .text(text)
                } else if let number = try? container.decode(Int.self) {
                    self = .number(number)
                } else {
                    self = .other
                }
            } else {
                self = .other
            }
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
