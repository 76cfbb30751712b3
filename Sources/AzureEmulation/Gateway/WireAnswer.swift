/// An answer with everything that gateway and service put on, ready for a wire.
package struct WireAnswer: Sendable {
    package let status: Int
    package private(set) var headers = HeaderList()
    package let body: [UInt8]
    /// The request that is reported as held once the answer is on its way.
    var held: HoldRoom.Held?

    /// The answer with its headers: never a Retry-After of their own.
    init(_ answer: EmulatedAnswer, to request: EmulatedRequest, at now: Moment) {
        status = answer.status.rawValue
        body = Array(answer.body.utf8)
        if let type = answer.contentType { headers.add("Content-Type", type) }
        if !answer.chunked { headers.add("Content-Length", String(body.count)) }
        headers.add("Date", now.httpDate)
        switch answer.dressing {
        case .bare: break
        case .gateway:
            headers.add("apim-request-id", request.requestID)
        case .formRecognizer:
            headers.add("apim-request-id", request.requestID)
            let milliseconds = Int(max(0, now.milliseconds(since: request.arrival)))
            headers.add("x-envoy-upstream-service-time", String(milliseconds))
        case .customVision:
            headers.add("request-id", request.requestID)
            headers.add("apim-request-id", request.requestID)
        }
        if answer.dressing != .bare {
            headers.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload")
            headers.add("x-content-type-options", "nosniff")
        }
        if request.asks("x-ms-return-client-request-id"), let id = request.clientRequestID {
            headers.add("x-ms-client-request-id", id)
        }
        for header in answer.headers { headers.add(header.name, header.value) }
    }
}
