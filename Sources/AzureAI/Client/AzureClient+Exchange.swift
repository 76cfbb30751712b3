import CopyDomain
import Logging

extension AzureClient {
    /// One request and its answer, logged without URL, headers and bodies.
    func exchange(
        _ request: HTTPRequest,
        in context: CallContext,
        reading reader: AnswerReader
    ) async throws(CallEnd) -> HTTPResponse {
        let start = timeline.now()
        let response: HTTPResponse
        do {
            response = try await http.send(request)
            log(request, in: context, since: start) { metadata in
                metadata[LogKey.status] = "\(response.status)"
                metadata[LogKey.azureRequest] = reader.requestID(response).map { "\($0)" }
            }
            heed(response, of: context)
        } catch {
            log(request, in: context, since: start) { $0[LogKey.error] = "\(error.code.rawValue)" }
            switch error.code {
            case .tooLate: throw .tooLate
            case .notSent, .noAnswer: throw .failed(reader.failure(error))
            }
        }
        if let failure = credentialFailure(response, in: context, reader) { throw .failed(failure) }
        return response
    }

    /// Holds the resource's calls of this class back for as long as Azure asked; a second when it did not say.
    private func heed(_ response: HTTPResponse, of context: CallContext) {
        let asked = RetryAfter.pause(asked: response, now: wallClock())
        switch (response.status, asked) {
        case (429, let pause): self.pause(context, for: pause ?? .seconds(1))
        case (503, let pause?): self.pause(context, for: pause)
        default: break
        }
    }

    private func pause(_ context: CallContext, for duration: Duration) {
        pace(of: context.resource.name)?.pause(context.kind.budgetClass, for: duration)
    }

    private func log(
        _ request: HTTPRequest,
        in context: CallContext,
        since start: Duration,
        adding add: (inout Logger.Metadata) -> Void
    ) {
        guard logger.logLevel <= .debug else { return }
        var metadata: Logger.Metadata = [
            LogKey.call: "\(request.label)",
            LogKey.resource: "\(context.resource.name.rawValue)",
            LogKey.request: "\(context.requestID)",
            LogKey.milliseconds: "\((timeline.now() - start).wholeMilliseconds)",
        ]
        add(&metadata)
        logger.debug("Azure was called", metadata: metadata)
    }
}

extension HTTPResponse {
    /// The service's own clock.
    var serviceDate: Timestamp? {
        header("date").flatMap { ServiceDate.timestamp(httpDate: $0) }
    }
}
