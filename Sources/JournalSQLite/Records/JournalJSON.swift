import CopyDomain
import CopyJournal
import Foundation

/// Values as JSON text in columns, with keys in order, so that equal values are equal texts.
enum JournalJSON {
    static func text(_ value: some Encodable, of id: RequestID) throws(JournalError) -> String {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw JournalError(.unreadable, "request \(id.rawValue) has a \(type(of: value)) that JSON cannot hold")
        }
    }

    /// The values themselves never get into the error: they may be tokens.
    static func value<Value: Decodable>(
        _ type: Value.Type,
        from text: String,
        of subject: String
    ) throws(JournalError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            let place = (error as? DecodingError).map { ", at \"\($0.path)\"" } ?? ""
            throw JournalError(
                .unreadable,
                "\(subject): the stored \(type) cannot be read\(place); it was damaged or edited"
            )
        }
    }
}

extension DecodingError {
    fileprivate var path: String {
        let context: Context? =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: nil
            }
        return context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
    }
}
