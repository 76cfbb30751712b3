import CopyDomain

extension AzureClient {
    /// What a project holds: one logical call of four requests, each of which waits for its place in the budget.
    func measure(
        ofProject id: String,
        in context: CallContext
    ) async throws(CallEnd) -> (measure: ProjectMeasure, serviceDate: Timestamp?) {
        let reader = reader(for: context, secrets: [])
        let end = timeline.now() + timeout * 4
        func answer(to part: ProjectMeasure.Part) async throws(CallEnd) -> HTTPResponse {
            let request = try refusing { () throws(CallFailure) in
                try CustomVisionRequests.count(part, ofProject: id, in: context)
            }
            return try await exchange(request, in: context, reading: reader)
        }
        let tags = try await answer(to: .tags)
        try await turn(in: context, reading: reader, before: end)
        let iterations = try await answer(to: .iterations)
        try await turn(in: context, reading: reader, before: end)
        let tagged = try await answer(to: .taggedImages)
        try await turn(in: context, reading: reader, before: end)
        let untagged = try await answer(to: .untaggedImages)
        let measure = try refusing { () throws(CallFailure) in
            let trained = try CustomVisionAnswers.iterations(iterations, reader)
            return ProjectMeasure(
                tags: try CustomVisionAnswers.tags(tags, reader),
                iterations: trained.count,
                taggedImages: try CustomVisionAnswers.images(tagged, reader),
                untaggedImages: try CustomVisionAnswers.images(untagged, reader),
                publishedIterations: trained.published
            )
        }
        return (measure, untagged.serviceDate)
    }
}
