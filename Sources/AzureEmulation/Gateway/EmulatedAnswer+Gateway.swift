/// What gateway and edge answer themselves, whatever the family.
extension EmulatedAnswer {
    /// 401 without Content-Type and without apim-request-id (recording `fr-v2.0_bad-key_401_net`).
    static let accessDenied = EmulatedAnswer(
        status: .unauthorized,
        dressing: .bare,
        body: errorBody(
            code: "401",
            message:
                "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."
        ).text
    )

    /// 411 as the edge gives it: a page, not JSON (azure-copy-apis.md 7.3).
    static let lengthRequired = EmulatedAnswer(
        status: .lengthRequired,
        dressing: .bare,
        contentType: "text/html; charset=us-ascii",
        body: """
            <!DOCTYPE HTML>\r
            <HTML><HEAD><TITLE>Length Required</TITLE></HEAD>\r
            <BODY><h2>Length Required</h2>\r
            <hr><p>HTTP Error 411. The request must be chunked or have a content length.</p>\r
            </BODY></HTML>\r

            """
    )

    static let notFound = EmulatedAnswer.json(
        .notFound,
        errorBody(code: "404", message: "Resource not found"),
        dressing: .gateway
    )

    /// 429 before anything is touched (azure-copy-apis.md 3.4).
    static func throttled(retryAfter: Int, message: String) -> EmulatedAnswer {
        EmulatedAnswer(
            status: .tooManyRequests,
            dressing: .gateway,
            headers: [.init("policy-id", "ResourceRateLimitBy60s"), .init("Retry-After", String(retryAfter))],
            contentType: "application/json",
            body: errorBody(code: "429", message: message).text
        )
    }

    /// `{"error":{"code":…,"message":…}}`
    static func errorBody(code: String, message: String) -> JSON {
        ["error": ["code": .string(code), "message": .string(message)]]
    }
}
