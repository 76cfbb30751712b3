extension DocumentIntelligence {
    static func refusal(_ refusal: GatewayRefusal, of route: Route) -> EmulatedAnswer {
        switch refusal {
        case .throttled(let seconds):
            .throttled(
                retryAfter: seconds,
                message: "Rate limit is exceeded. Try again in \(seconds) seconds."
            )
        case .internalError:
            error(
                .internalServerError,
                [
                    "code": "InternalServerError", "message": "An unexpected error occurred.",
                    "innererror": ["code": "Unknown", "message": "Unknown error."],
                ]
            )
        case .unavailable:
            error(
                .serviceUnavailable,
                ["code": "ServiceUnavailable", "message": "A transient error has occurred. Try again."]
            )
        case .retired:
            error(.gone, ["code": "Gone", "message": "The requested API version has been retired."])
        case .notFound: .notFound
        }
    }

    /// A refusal in the spelling of this resource: `innererror`, or `innerError` as in 2021 (azure-copy-apis.md 3.2).
    static func refused(_ refusal: DocumentRefusal, by resource: EmulatedResource) -> EmulatedAnswer {
        let (code, message) = refusal.outer
        let inner: JSON? = refusal.inner.map { ["code": .string($0.code), "message": .string($0.message)] }
        return error(
            refusal.status,
            .members([
                ("code", .string(code)), ("message", .string(message)),
                (resource.quirks.camelCaseInnerError ? "innerError" : "innererror", inner),
            ])
        )
    }

    /// Errors come without a charset and in chunks (recording `fr-v3.0_copyTo-from-reserved-id_400-ModelNotReady_net`).
    private static func error(_ status: EmulatedAnswer.Status, _ body: JSON) -> EmulatedAnswer {
        EmulatedAnswer(
            status: status,
            dressing: .formRecognizer,
            contentType: "application/json",
            body: (["error": body] as JSON).text,
            chunked: true
        )
    }

    static func shown(_ body: JSON) -> EmulatedAnswer {
        var answer = EmulatedAnswer.json(.ok, body, dressing: .formRecognizer)
        answer.chunked = true
        return answer
    }

    /// `{base}/{path}?api-version={version}`
    static func location(_ path: String, _ work: Work<Route>) -> String {
        let version = work.route.version
        return "\(work.request.base)/\(version.base)/\(path)?api-version=\(version.rawValue)"
    }

    /// A page of `items` from the number that the query names, and where the next one is.
    static func page<Item>(
        _ items: [Item],
        of path: String,
        _ work: Work<Route>,
        in premises: Premises,
        _ json: (Item) -> JSON?
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        var start = 0
        if let marker = work.request.query["nextlink"] {
            guard let number = Int(marker), (0...items.count).contains(number) else {
                throw .invalidParameter("The parameter nextLink is invalid.")
            }
            start = number
        }
        let end = min(items.count, start + premises.resources[work.resource].quirks.pageSize)
        let next: JSON? = end < items.count ? .string(location(path, work) + "&nextLink=\(end)") : nil
        return shown(.members([("value", .array(items[start..<end].compactMap(json))), ("nextLink", next)]))
    }
}
