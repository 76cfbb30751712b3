import CopyDomain

extension AzureClient {
    /// More pages than the largest resource has: 5,000 models at about 30 a page (azure-copy-apis.md 1.4 and 4).
    static let pageLimit = 500

    /// The whole model list.
    ///
    /// The last model of a page comes again as the first of the next; each is kept once, as it came last.
    func targetModels(
        of plan: CopyPlan,
        in context: CallContext
    ) async throws(CallEnd) -> (models: [FormRecognizerModel], serviceDate: Timestamp?) {
        let reader = reader(for: context, secrets: [])
        var models: [FormRecognizerModel] = []
        var positions: [String: Int] = [:]
        let first = try refusing { () throws(CallFailure) in
            try FormRecognizerRequests.request(for: .listTargetModels, plan: plan, in: context)
        }
        let date = try await turnPages(from: first, in: context, reading: reader) { response throws(CallFailure) in
            let page = try FormRecognizerAnswers.page(response, reader)
            for model in page.models {
                if let position = positions[model.id] {
                    models[position] = model
                } else {
                    positions[model.id] = models.count
                    models.append(model)
                }
            }
            return page.nextLink
        } next: { link throws(CallFailure) in
            try FormRecognizerRequests.nextPage(link, in: context)
        }
        return (models, date)
    }
}
