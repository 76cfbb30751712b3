/// An input as a person writes it: lines `name: value`, an empty line, a body.
struct InputText {
    /// What stands before the first line with a colon, e.g. a status.
    let title: String
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    /// What has no empty line is body.
    init(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard let end = bytes.indices.dropLast().first(where: { bytes[$0] == 10 && bytes[$0 + 1] == 10 }) else {
            (title, fields, body) = ("", [], bytes)
            return
        }
        var title = ""
        var fields: [(name: String, value: String)] = []
        for line in bytes[..<end].split(separator: 10) {
            let text = String(decoding: line, as: UTF8.self)
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                if fields.isEmpty { title = text }
                continue
            }
            fields.append((String(parts[0]), String(parts[1].drop { $0 == " " })))
        }
        (self.title, self.fields, body) = (title, fields, Array(bytes[(end + 2)...]))
    }

    /// The parts between lines `====`.
    static func parts(_ bytes: some Sequence<UInt8>) -> [InputText] {
        let separator = Array("\n====\n".utf8)
        var parts: [InputText] = []
        var rest = Array(bytes)[...]
        while let start = rest.indices.first(where: { rest[$0...].starts(with: separator) }) {
            parts.append(InputText(rest[..<start]))
            rest = rest[(start + separator.count)...]
        }
        return parts + [InputText(rest)]
    }
}
