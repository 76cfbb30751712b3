import CopyDomain

extension AzureClient {
    /// More pages than the largest resource has: 5,000 models at about 30 a page (azure-copy-apis.md 1.4 and 4).
    static let pageLimit = 500

    /// The whole model list: one logical call of many requests, each of which waits for its place in the budget.
    ///
    /// The last model of a page comes again as the first of the next; each is kept once, as it came last.
    func targetModels(
        of plan: CopyPlan,
        in context: CallContext
    ) async throws(CallEnd) -> (models: [FormRecognizerModel], serviceDate: Timestamp?) {
        let reader = reader(for: context, secrets: [])
        let end = timeline.now() + timeout * 4
        var models: [FormRecognizerModel] = []
        var positions: [String: Int] = [:]
        var followed: Set<String> = []
        var request = try refusing { () throws(CallFailure) in
            try FormRecognizerRequests.request(for: .listTargetModels, plan: plan, in: context)
        }
        while true {
            let response = try await exchange(request, in: context, reading: reader)
            let page = try refusing { () throws(CallFailure) in try FormRecognizerAnswers.page(response, reader) }
            for model in page.models {
                if let position = positions[model.id] {
                    models[position] = model
                } else {
                    positions[model.id] = models.count
                    models.append(model)
                }
            }
            // The date of the last page: what the list says is true then at the latest.
            guard let link = page.nextLink else { return (models, response.serviceDate) }
            guard followed.insert(link).inserted, followed.count < Self.pageLimit else {
                throw .failed(reader.unexpected(response))
            }
            guard timeline.now() < end else {
                throw .failed(reader.failure(HTTPSendingError(.noAnswer, "the list did not end in time")))
            }
            request = try refusing { () throws(CallFailure) in
                try FormRecognizerRequests.nextPage(link, in: context)
            }
            do {
                try await pace(of: context.resource.name)?.turn(of: context.kind.budgetClass)
            } catch {
                throw .failed(reader.failure(HTTPSendingError(.notSent, "the worker stopped between two pages")))
            }
        }
    }
}
