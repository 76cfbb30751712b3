import CopyDomain

/// The Retry-After header: seconds or a date (RFC 9110, 10.2.3), at most an hour.
enum RetryAfter {
    static let limit: Duration = .seconds(3600)

    /// - Parameter now: what a date counts from when the answer has no Date of its own.
    static func pause(asked response: HTTPResponse, now: Timestamp) -> Duration? {
        guard let text = response.header("retry-after") else { return nil }
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), !text.isEmpty {
            // More digits than an Int holds are more than an hour, too.
            return Int(text).map { min(.seconds($0), limit) } ?? limit
        }
        guard let date = ServiceDate.timestamp(httpDate: text) else { return nil }
        let sent = response.header("date").flatMap { ServiceDate.timestamp(httpDate: $0) } ?? now
        return min(max(date.since(sent), .zero), limit)
    }
}
