package import CopyDomain

extension AzureClient {
    /// A harmless call that shows whether endpoint, credential and API version of a resource go together.
    /// - Throws: what Azure, or the way to it, had against the call.
    package func probe(_ resource: FrozenResource, apiVersion: APIVersion) async throws(CallFailure) {
        do {
            try await ask(resource, apiVersion)
        } catch {
            switch error {
            case .failed(let failure): throw failure
            case .tooLate: preconditionFailure("a probe has no moment to be sent before")
            }
        }
    }

    private func ask(_ resource: FrozenResource, _ apiVersion: APIVersion) async throws(CallEnd) {
        let kind: CallKind =
            switch apiVersion.family {
            case .formRecognizer: .modelSummary
            case .documentIntelligence: .resourceInfo
            case .customVision: .targetProjects
            }
        let context = CallContext(
            kind: kind,
            item: apiVersion.kinds.first ?? .documentModel,
            resource: resource,
            apiVersion: apiVersion,
            requestID: "copy-worker-check",
            proof: try await proof(of: resource),
            userAgent: userAgent,
            timeout: timeout,
            sendBefore: nil
        )
        let reader = reader(for: context, secrets: [])
        let request = try refusing { () throws(CallFailure) in
            switch apiVersion.family {
            case .formRecognizer: try FormRecognizerRequests.summary(in: context)
            case .documentIntelligence: try DocumentIntelligenceRequests.info(in: context)
            case .customVision: try CustomVisionRequests.list(in: context)
            }
        }
        let response = try await exchange(request, in: context, reading: reader)
        try refusing { () throws(CallFailure) in
            switch apiVersion.family {
            case .formRecognizer: _ = try FormRecognizerAnswers.room(response, reader)
            case .documentIntelligence: _ = try DocumentIntelligenceAnswers.room(response, reader)
            case .customVision: _ = try CustomVisionAnswers.projects(response, reader)
            }
        }
    }
}
