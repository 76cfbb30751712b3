import AzureEmulation
import HTTPTypes
import HummingbirdCore
import NIOCore

extension WireRequest {
    /// Reads a request to its end.
    ///
    /// - Returns: nil when the body is larger than ``largestBody``.
    init?(_ request: Request, resource: String, scheme: String, host: String) async throws {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.largestBody)
        } catch is NIOTooManyBytesError {
            return nil
        }
        let head = request.head
        self.init(
            resource: resource,
            method: head.method.rawValue,
            target: head.path ?? "/",
            headers: HeaderList(
                head.headerFields.filter { $0.name.canonicalName != ArrivalStamp.header }.map {
                    .init($0.name.canonicalName, $0.value)
                }
            ),
            body: Array(body.readableBytesView),
            base: scheme + "://" + (head.authority ?? host),
            arrival: ArrivalStamp.arrival(of: head)
        )
    }
}
