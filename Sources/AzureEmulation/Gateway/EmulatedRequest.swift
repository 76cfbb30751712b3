/// A request as the emulated cloud sees it.
struct EmulatedRequest: Sendable {
    let resource: Int
    let method: String
    /// The path's segments in lower case; every path of the services is case-insensitive.
    let lowercased: [String]
    /// The path's segments as they were sent, decoded: ids may know letter case.
    let segments: [String]
    let query: Query
    let headers: HeaderList
    let body: [UInt8]
    /// `scheme://host:port` as the caller wrote it.
    let base: String
    /// When the head was read from the socket.
    let arrival: Moment
    /// The `apim-request-id` of the answer.
    var requestID = ""

    init(_ wire: WireRequest, resource: Int, now: Moment) {
        let parts = wire.target.utf8.split(
            separator: UInt8(ascii: "?"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        self.resource = resource
        method = wire.method
        segments = parts[0].split(separator: UInt8(ascii: "/")).map {
            PercentCoding.decode(Substring($0), plusIsSpace: false)
        }
        lowercased = segments.map { $0.lowercased() }
        query = Query(parts.count > 1 ? Substring(parts[1]) : "")
        headers = wire.headers
        body = wire.body
        base = wire.base
        arrival = wire.arrival ?? now
    }

    /// The caller's own id of the call.
    var clientRequestID: String? {
        header("x-ms-client-request-id")
    }

    /// Whether the edge accepts the request without a body: http.sys wants a length or chunks.
    var statesLength: Bool {
        headers["content-length"] != nil || headers["transfer-encoding"] != nil
    }

    /// The token of an `Authorization: Bearer` header.
    var bearer: String? {
        guard let parts = header("authorization")?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return String(parts[1])
    }

    /// Whether the body says that it is JSON.
    var isJSON: Bool {
        let type = header("content-type")?.lowercased().split(separator: ";").first
        return type.map { $0.filter { $0 != " " } == "application/json" } ?? false
    }

    /// Whether the copy may end less protected than its source (azure-copy-apis.md 3.3).
    var degradesCopies: Bool {
        asks("x-ms-forms-copy-degrade")
    }

    func header(_ name: String) -> String? {
        headers[name]
    }

    /// The value of a header that says yes or no.
    func asks(_ name: String) -> Bool {
        header(name)?.lowercased() == "true"
    }
}
