import CopyDomain

extension AzureClient {
    /// One logical call of many requests, each of which waits for its place in the budget.
    ///
    /// - Parameters:
    ///   - take: keeps what a page holds and gives its link to the next; `nil` when no more is wanted.
    ///   - next: the request for the page of a link.
    /// - Returns: the date of the last page: what the list says is true then at the latest.
    func turnPages(
        from first: HTTPRequest,
        in context: CallContext,
        reading reader: AnswerReader,
        take: (HTTPResponse) throws(CallFailure) -> String?,
        next: (String) throws(CallFailure) -> HTTPRequest
    ) async throws(CallEnd) -> Timestamp? {
        let end = timeline.now() + timeout * 4
        var followed: Set<String> = []
        var request = first
        while true {
            let response = try await exchange(request, in: context, reading: reader)
            let link = try refusing { () throws(CallFailure) in try take(response) }
            guard let link else { return response.serviceDate }
            guard followed.insert(link).inserted, followed.count < Self.pageLimit else {
                throw .failed(reader.unexpected(response))
            }
            request = try refusing { () throws(CallFailure) in try next(link) }
            try await turn(in: context, reading: reader, before: end)
        }
    }

    /// A place in the budget for one more request of the same logical call. A pause that Azure asked for is not waited
    /// out beyond the call's end: the machine hears of it, and of deadlines meanwhile.
    func turn(
        in context: CallContext,
        reading reader: AnswerReader,
        before end: Duration
    ) async throws(CallEnd) {
        let limit = end - timeline.now()
        let isGranted: Bool
        do {
            isGranted =
                try await pace(of: context.resource.name)?.turn(of: context.kind.budgetClass, within: limit) ?? true
        } catch {
            throw .failed(reader.failure(HTTPSendingError(.notSent, "the worker stopped between two requests")))
        }
        guard isGranted, timeline.now() < end else {
            throw .failed(reader.failure(HTTPSendingError(.noAnswer, "the call did not end in time")))
        }
    }
}
