import CopyDomain

/// What every request of one call has in common, and what its failures are told with.
struct CallContext: Sendable {
    let kind: CallKind
    /// What is copied.
    let item: CopyKind
    let resource: FrozenResource
    let apiVersion: APIVersion
    /// Sent as `x-ms-client-request-id`.
    let requestID: String
    let proof: Proof
    let userAgent: String
    let timeout: Duration
    let sendBefore: SendBefore?

    var label: String { kind.label(of: item) }

    /// The resource's endpoint.
    /// - Throws: a refusal when the configured text is no endpoint.
    func endpoint() throws(CallFailure) -> Endpoint {
        guard let endpoint = Endpoint(resource.endpoint) else {
            throw refusal(
                .accessDenied,
                "The endpoint configured for \(resource.name.rawValue) is not of the form https://host or https://host:port."
            )
        }
        return endpoint
    }

    /// A request to a path of the resource's own endpoint.
    ///
    /// - Parameter pathAndQuery: encoded, from the first slash on.
    func request(
        _ method: HTTPRequest.Method,
        _ pathAndQuery: String,
        body: Secret? = nil,
        isJSON: Bool = false
    ) throws(CallFailure) -> HTTPRequest {
        var headers = [
            HTTPRequest.Header("Accept", Secret("application/json")),
            proof.header(key: keyHeader),
            HTTPRequest.Header("User-Agent", Secret(userAgent)),
            HTTPRequest.Header("x-ms-client-request-id", Secret(requestID)),
        ]
        if isJSON {
            headers.append(HTTPRequest.Header("Content-Type", Secret("application/json")))
        }
        return HTTPRequest(
            method: method,
            url: Secret(try endpoint().origin + pathAndQuery),
            label: label,
            headers: headers,
            body: body,
            timeout: timeout,
            sendBefore: sendBefore
        )
    }

    /// An id as one path segment.
    /// - Throws: a refusal for an id that would not stay inside its segment.
    func segment(_ id: String) throws(CallFailure) -> String {
        guard let segment = PercentEncoding.pathSegment(id) else {
            throw refusal(.requestRefused, "\(label) was not sent: the id is empty or made of dots only.")
        }
        return segment
    }

    /// A failure found before anything was sent.
    func refusal(_ code: FailureCode, _ message: String) -> CallFailure {
        CallFailure(fate: .refused, code: code, message: message)
    }

    private var keyHeader: String {
        switch kind.family {
        case .formRecognizer, .documentIntelligence: "Ocp-Apim-Subscription-Key"
        case .customVision: "Training-Key"
        }
    }
}
