import CopyDomain

extension AzureClient {
    /// For whoever sends without a permit.
    static let proofLimit: Duration = .seconds(15)

    /// What the calls of a resource show, or why there is nothing to show.
    /// - Returns: `nil` when the limit came first.
    func proof(
        of resource: FrozenResource,
        within limit: Duration
    ) async throws(CancellationError) -> Result<Proof, CallFailure>? {
        let name = resource.name.rawValue
        guard let access = access[resource.name], let credential = credentials[resource.name] else {
            return refused("There is no key for \(name): the worker's configuration does not know the resource.")
        }
        // The plan's endpoint may be of an earlier configuration.
        guard access.endpoint == resource.endpoint else {
            return refused(
                "The endpoint of \(name) is \(access.endpoint) in the worker's configuration and was "
                    + "\(resource.endpoint) when the request was accepted: the credential is not shown there."
            )
        }
        return try await credential.proof(within: limit)
    }

    private func refused(_ message: String) -> Result<Proof, CallFailure> {
        .failure(CallFailure(fate: .refused, code: .credentialMissing, message: message))
    }

    func proof(of resource: FrozenResource) async throws(CallEnd) -> Proof {
        let proof: Result<Proof, CallFailure>?
        do {
            proof = try await self.proof(of: resource, within: Self.proofLimit)
        } catch {
            throw .failed(unavailable("The worker stopped before there was a token for \(resource.name.rawValue)."))
        }
        guard let proof else {
            throw .failed(unavailable("There was no token for \(resource.name.rawValue) in time."))
        }
        return try refusing { () throws(CallFailure) in try proof.get() }
    }

    /// Tells the resource's credential what became of its proof.
    /// - Returns: a failure that is the credential's, not the call's.
    func credentialFailure(_ response: HTTPResponse, in context: CallContext, _ reader: AnswerReader) -> CallFailure? {
        guard let credential = credentials[context.resource.name] else { return nil }
        switch response.status {
        case 200..<300:
            credential.accepted()
            return nil
        case 401 where AzureErrorBody(response.body).codes.contains("PermissionDenied"):
            // The token is good, and its principal may not do this: other calls of the resource say nothing of it.
            return nil
        case 401:
            let failure = reader.failure(response)
            return CallFailure(
                fate: credential.refused(context.proof),
                code: failure.code,
                message: failure.message,
                azure: failure.azure
            )
        default: return nil
        }
    }

    /// Resources that cannot be used at the moment, or soon, for want of a credential; for people.
    package var credentialTroubles: [String] {
        var told: Set<String> = []
        return credentials.keys.sorted().compactMap { credentials[$0]?.trouble }.filter { told.insert($0).inserted }
    }

    private func unavailable(_ message: String) -> CallFailure {
        CallFailure(fate: .notDone(retryAfter: nil), code: .azureUnavailable, message: message)
    }
}
