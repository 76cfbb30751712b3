import HTTPTypes
import HummingbirdCore
import NIOCore

extension EmulatedRequest {
    static let largestBody = 1_048_576

    /// Reads a request to its end.
    ///
    /// - Returns: nil when the body is larger than ``largestBody``.
    init?(_ request: Request, resource: Int, host: String, clock: EmulatedClock) async throws {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.largestBody)
        } catch is NIOTooManyBytesError {
            return nil
        }
        let head = request.head
        let parts = (head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first ?? "/"
        self.init(
            resource: resource,
            method: head.method.rawValue,
            lowercased: path.lowercased().split(separator: "/").map(String.init),
            query: Query(parts.count > 1 ? parts[1] : ""),
            headers: head.headerFields,
            body: Array(body.readableBytesView),
            base: "http://" + (head.authority ?? host),
            arrival: ArrivalStamp.arrival(of: head) ?? clock.now
        )
    }
}
