import HTTPTypes
import NIOCore

extension HTTPResponse {
    /// The answer with everything that gateway and service put on: never a Retry-After of their own.
    init(_ answer: EmulatedAnswer, to request: EmulatedRequest, at now: Moment) {
        var fields = HTTPFields()
        func set(_ name: HTTPField.Name?, _ value: String) {
            if let name { fields.append(HTTPField(name: name, value: value)) }
        }
        if let type = answer.contentType { set(.contentType, type) }
        if !answer.chunked { set(.contentLength, String(answer.body.utf8.count)) }
        set(.date, now.httpDate)
        switch answer.dressing {
        case .bare: break
        case .gateway:
            set(Names.requestID, request.requestID)
        case .formRecognizer:
            set(Names.requestID, request.requestID)
            set(Names.serviceTime, String(Int(max(0, now.milliseconds(since: request.arrival)))))
        case .customVision:
            set(Names.plainRequestID, request.requestID)
            set(Names.requestID, request.requestID)
        }
        if answer.dressing != .bare {
            set(.strictTransportSecurity, "max-age=31536000; includeSubDomains; preload")
            set(.xContentTypeOptions, "nosniff")
        }
        if request.asks("x-ms-return-client-request-id"), let id = request.clientRequestID {
            set(Names.clientRequestID, id)
        }
        for header in answer.headers { set(HTTPField.Name(header.name), header.value) }
        self.init(status: .init(integerLiteral: answer.status.rawValue), headerFields: fields)
    }
}

private enum Names {
    static let requestID = HTTPField.Name("apim-request-id")
    static let plainRequestID = HTTPField.Name("request-id")
    static let serviceTime = HTTPField.Name("x-envoy-upstream-service-time")
    static let clientRequestID = HTTPField.Name("x-ms-client-request-id")
}
