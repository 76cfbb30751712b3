extension FormRecognizerV2 {
    func details(of id: String, _ work: Work<Route>) -> EmulatedAnswer {
        guard let model = models[work.resource][id] else { return Self.modelNotFound(id) }
        let includesKeys = work.request.query["includekeys"]?.lowercased() == "true"
        return .json(.ok, model.details(work.route.version, includesKeys: includesKeys), dressing: .formRecognizer)
    }

    /// 204, also for a model that is still `creating`.
    mutating func delete(_ id: String, _ work: Work<Route>) -> EmulatedAnswer {
        guard models[work.resource].removeValue(forKey: id) != nil else { return Self.modelNotFound(id) }
        return EmulatedAnswer(status: .noContent, dressing: .formRecognizer)
    }

    /// A page of the models, or their number (azure-copy-apis.md 1.4).
    func list(_ work: Work<Route>, in premises: Premises) -> EmulatedAnswer {
        switch work.request.query["op"]?.lowercased() {
        case "summary":
            return .json(
                .ok,
                [
                    "summary": [
                        "count": .count(models[work.resource].count),
                        "limit": .count(premises.resources[work.resource].modelLimit),
                        "lastUpdatedDateTime": .string(work.now.wholeSeconds),
                    ]
                ],
                dressing: .formRecognizer
            )
        case "full":
            return page(work, in: premises)
        case _:
            return Self.error(.badRequest, "1002", "Query parameter 'op' must be 'full' or 'summary'.")
        }
    }

    private func page(_ work: Work<Route>, in premises: Premises) -> EmulatedAnswer {
        let marker = work.request.query["nextlink"]
        let last = marker.flatMap(PageMarker.lastID)
        guard marker == nil || last != nil else {
            return Self.error(.badRequest, "1002", "Query parameter 'nextLink' is invalid.")
        }
        let sorted = models[work.resource].values.sorted { $0.id < $1.id }
        // The last item of a page comes again as the first of the next.
        let rest = sorted.drop { model in last.map { model.id < $0 } ?? false }
        let isRepeated = rest.first.map { $0.id == last } ?? false
        let page = rest.prefix(PageMarker.pageSize + (isRepeated ? 1 : 0))
        let next: JSON? =
            page.count < rest.count
            ? page.last.map { .string("\(Self.base(work, in: premises))?nextLink=\(PageMarker.text(after: $0.id))") }
            : nil
        return .json(
            .ok,
            .members([("modelList", .array(page.map { $0.info(work.route.version) })), ("nextLink", next)]),
            dressing: .formRecognizer
        )
    }
}
