import CopyDomain

extension AzureClient {
    /// How much further back the list is read: nobody promises that its order holds to the second.
    static let operationMargin: Duration = .seconds(60)
    /// Operations live for 24 h (azure-copy-apis.md 2.3); what was begun a moment ago stands on the first pages.
    static let operationPageLimit = 50

    /// The source's copy operations of the request's kind, newest first, back to a moment of the service's clock.
    func operations(
        since moment: Timestamp,
        of plan: CopyPlan,
        in context: CallContext
    ) async throws(CallEnd) -> (operations: [DocumentIntelligenceOperation], serviceDate: Timestamp?) {
        let reader = reader(for: context, secrets: [])
        var operations: [DocumentIntelligenceOperation] = []
        var seen: Set<String> = []
        var pages = 0
        let first = try refusing { () throws(CallFailure) in
            try DocumentIntelligenceRequests.request(for: .listOperations(since: moment), plan: plan, in: context)
        }
        let date = try await turnPages(from: first, in: context, reading: reader) { response throws(CallFailure) in
            let page = try DocumentIntelligenceAnswers.page(response, plan.request.kind, in: context, reader)
            operations += page.operations.filter { seen.insert($0.location).inserted }
            pages += 1
            let isBeyond = page.earliest.map { $0 < moment - Self.operationMargin } ?? false
            return isBeyond || pages == Self.operationPageLimit ? nil : page.nextLink
        } next: { link throws(CallFailure) in
            try DocumentIntelligenceRequests.nextPage(link, in: context)
        }
        return (operations, date)
    }
}
