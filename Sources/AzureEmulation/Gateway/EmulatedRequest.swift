/// A request as the emulated cloud sees it.
struct EmulatedRequest: Sendable {
    let resource: Int
    let method: String
    /// The path's segments in lower case; every path of the services is case-insensitive.
    let lowercased: [String]
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
        let parts = wire.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.resource = resource
        method = wire.method
        lowercased = (parts.first ?? "").lowercased().split(separator: "/").map(String.init)
        query = Query(parts.count > 1 ? parts[1] : "")
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

    func header(_ name: String) -> String? {
        headers[name]
    }

    /// The value of a header that says yes or no.
    func asks(_ name: String) -> Bool {
        header(name)?.lowercased() == "true"
    }
}
