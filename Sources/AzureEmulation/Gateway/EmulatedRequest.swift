import HTTPTypes
import NIOCore

/// A request as the emulated cloud sees it.
struct EmulatedRequest: Sendable {
    let resource: Int
    let method: String
    /// The path's segments in lower case; every path of the services is case-insensitive.
    let lowercased: [String]
    let query: Query
    let headers: HTTPFields
    let body: [UInt8]
    /// `http://host:port` as the caller wrote it.
    let base: String
    /// When the head was read from the socket.
    let arrival: Moment
    /// The `apim-request-id` of the answer.
    var requestID = ""

    /// The caller's own id of the call.
    var clientRequestID: String? {
        header("x-ms-client-request-id")
    }

    /// Whether the edge accepts the request without a body: http.sys wants a length or chunks.
    var statesLength: Bool {
        headers[.contentLength] != nil || headers[.transferEncoding] != nil
    }

    /// The token of an `Authorization: Bearer` header.
    var bearer: String? {
        guard let parts = header("authorization")?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return String(parts[1])
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// The value of a header that says yes or no.
    func asks(_ name: String) -> Bool {
        header(name)?.lowercased() == "true"
    }
}

/// The query of a URL, decoded once when it is asked for.
struct Query: Sendable {
    private let text: Substring

    init(_ text: Substring) {
        self.text = text
    }

    /// The first value of `name`, whose letter case does not matter.
    subscript(_ name: String) -> String? {
        for item in text.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard PercentCoding.decode(parts[0]).lowercased() == name else { continue }
            return parts.count > 1 ? PercentCoding.decode(parts[1]) : ""
        }
        return nil
    }
}
