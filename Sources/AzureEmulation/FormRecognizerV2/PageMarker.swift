import FoundationEssentials

/// The continuation marker of the model list: an Azure Storage one around the last model's blob name
/// (recording `fr-v2.1_list-models_paging_js`).
enum PageMarker {
    static let pageSize = 30

    private static let account = "subscriptions/c503b881d6c64f58afb372c1924bc234/models/"
    private static let tail = "!000028!9999-12-31T23:59:59.9999999Z!"

    static func text(after id: String) -> String {
        let path = "\(account)\(id)/\(id).json"
        let digits = String(path.utf8.count)
        let length = String(repeating: "0", count: 6 - digits.utf8.count) + digits
        let encoded = Data("\(length)!\(path)\(tail)".utf8).base64EncodedString().replacing("=", with: "-")
        return "2!\(encoded.utf8.count)!\(encoded)"
    }

    /// Undoes the marker's own spelling, and the `+` that a form reads as a space.
    private static func base64(_ text: Substring) -> String {
        String(text.map { $0 == "-" ? "=" : $0 == " " ? "+" : $0 })
    }

    /// The id that the marker names, or nil when it is none of ours.
    static func lastID(in marker: String) -> String? {
        let parts = marker.split(separator: "!", omittingEmptySubsequences: false)
        guard parts.count == 3, let data = Data(base64Encoded: base64(parts[2])),
            let text = String(data: data, encoding: .utf8), let start = text.firstRange(of: account)
        else { return nil }
        return text[start.upperBound...].split(separator: "/").first.map(String.init)
    }
}
