import CopyDomain

extension AzureClient {
    /// What a project holds: one logical call of four requests, each of which waits for its place in the budget.
    func measure(
        ofProject id: String,
        in context: CallContext
    ) async throws(CallEnd) -> (measure: ProjectMeasure, serviceDate: Timestamp?) {
        let reader = reader(for: context, secrets: [])
        let end = timeline.now() + timeout * 4
        var serviceDate: Timestamp?
        func count<Value>(
            _ part: ProjectMeasure.Part,
            _ read: (HTTPResponse, AnswerReader) throws(CallFailure) -> Value
        ) async throws(CallEnd) -> Value {
            let request = try refusing { () throws(CallFailure) in
                try CustomVisionRequests.count(part, ofProject: id, in: context)
            }
            let response = try await exchange(request, in: context, reading: reader)
            serviceDate = response.serviceDate
            return try refusing { () throws(CallFailure) in try read(response, reader) }
        }
        let tags = try await count(.tags, CustomVisionAnswers.tags)
        try await turn(in: context, reading: reader, before: end)
        let iterations = try await count(.iterations, CustomVisionAnswers.iterations)
        try await turn(in: context, reading: reader, before: end)
        let tagged = try await count(.taggedImages, CustomVisionAnswers.images)
        try await turn(in: context, reading: reader, before: end)
        let untagged = try await count(.untaggedImages, CustomVisionAnswers.images)
        let measure = ProjectMeasure(
            tags: tags,
            iterations: iterations.count,
            taggedImages: tagged,
            untaggedImages: untagged,
            publishedIterations: iterations.published
        )
        return (measure, serviceDate)
    }
}
