import FoundationEssentials

/// What an assertion claims; nothing is verified.
struct JSONWebToken: Decodable {
    let iss: String
    let sub: String
    let aud: Audience
    /// Seconds since 1970.
    let exp: Double

    /// One audience or a list of them.
    enum Audience: Decodable {
        case one(String)
        case many([String])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let list = try? value.decode([String].self) {
                self = .many(list)
            } else {
                self = .one(try value.decode(String.self))
            }
        }

        func names(_ audience: String) -> Bool {
            switch self {
            case .one(let name): name == audience
            case .many(let names): names.contains(audience)
            }
        }
    }

    /// Reads the claims of a compact token; nil when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let base64 = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base64 + padding),
            let claims = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = claims
    }
}
