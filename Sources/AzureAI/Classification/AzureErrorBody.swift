/// The error bodies of all families in one reading.
///
/// Form Recognizer wraps `{error: {code, message, innererror}}` (the inner one spelled in two ways), Custom Vision is
/// flat, the gateway sometimes says `statusCode`, and the edge sends HTML (azure-copy-apis.md 3 and 7).
struct AzureErrorBody: Equatable, Sendable {
    var code: String?
    /// The innermost code.
    var innerCode: String?
    var message: String?

    init(_ body: [UInt8]) {
        guard body.count <= 64 * 1024, case .object(let members)? = JSONBody.decode(Member.self, from: body) else {
            return
        }
        var error = members
        if case .object(let wrapped)? = members["error"] { error = wrapped }
        code = (error["code"] ?? error["statuscode"])?.text
        message = error["message"]?.text
        var inner = error["innererror"]
        while case .object(let members)? = inner {
            innerCode = members["code"]?.text ?? innerCode
            inner = members["innererror"]
        }
    }

    /// A JSON value; names of members in lower case, and of those that differ in case only the first in order.
    private enum Member: Decodable {
        case text(String)
        case number(Int)
        case object([String: Member])
        case other

        var text: String? {
            switch self {
            case .text(let text): text
            case .number(let number): String(number)
            case .object, .other: nil
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
