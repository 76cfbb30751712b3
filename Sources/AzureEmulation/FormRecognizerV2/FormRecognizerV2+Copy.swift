extension FormRecognizerV2 {
    /// 202 for whatever is well-formed; mistakes show in the poll (azure-copy-apis.md 1.2, 3.1).
    mutating func copy(from sourceID: String, _ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        guard work.request.isJSON else {
            return Self.error(.unsupportedMediaType, "415", "Request content type is not supported.")
        }
        guard let order = CopyOrder(work.request.body) else {
            return Self.invalidCopy("The request body is missing or malformed.")
        }
        guard order.hasValidResourceID else {
            return Self.invalidCopy("Field 'TargetResourceId' must be a valid Azure Resource ID.")
        }
        guard order.hasValidRegion else {
            return Self.invalidCopy("Field 'TargetResourceRegion' must be a valid Azure region name.")
        }
        let token = order.copyAuthorization.accessToken
        guard let authorization = authorizations[token], authorization.matches(order.copyAuthorization) else {
            return Self.invalidCopy("Authorization failure due to missing or invalid authorization claims.")
        }
        guard work.now < authorization.expiresAt else {
            premises.ledger.cameExpired()
            return Self.invalidCopy("Field 'CopyAuthorization' has expired.")
        }
        guard let source = models[work.resource][sourceID], source.status == .ready else {
            return Self.error(
                .internalServerError,
                "1999",
                "An error occurred during model copy. Retry the operation or contact service administrator if the issue persists."
            )
        }
        let fate = fate(of: order, authorization, content: source.content, work, in: premises)
        // Any accepted try uses it up, also one that will fail (azure-copy-apis.md 3.3).
        authorizations[token]?.isUsed = true
        premises.ledger.used(authorization: authorization.number)
        let target = premises.name(authorization.modelID, at: authorization.resource)
        let resultID = begin(fate, from: sourceID, into: authorization.modelID, called: target, work, in: &premises)
        return EmulatedAnswer(
            status: .accepted,
            dressing: .formRecognizer,
            headers: [
                .init(
                    "Operation-Location",
                    Self.operationLocation("\(sourceID)/copyresults/\(resultID)", work, in: premises)
                )
            ]
        )
    }

    private static func operationLocation(_ path: String, _ work: Work<Route>, in premises: Premises) -> String {
        let usual = base(work, in: premises) + "/" + path
        switch work.steering.location {
        case nil: return usual
        case .foreignHost: return LocationBend.foreignBase + usual.dropFirst(work.request.base.count)
        case .otherCase: return usual.uppercasingPath(after: work.request.base)
        case .otherVersion:
            let version = work.route.version.neighbour.rawValue
            return "\(work.request.base)/formrecognizer/\(version)/custom/models/\(path)"
        }
    }

    private func fate(
        of order: CopyOrder,
        _ authorization: Authorization,
        content: FormRecognizerModel.Content,
        _ work: Work<Route>,
        in premises: Premises
    ) -> CopyOperation.Fate {
        let region = order.targetResourceRegion
        guard let target = premises.resource(armId: order.targetResourceId),
            premises.resources[target].region.lowercased() == region.lowercased()
        else { return .fails(.noResource(armId: order.targetResourceId, region: region)) }
        guard authorization.resource == target, !authorization.isUsed,
            models[target][authorization.modelID]?.status == .creating, !work.steering.copyFails
        else { return .fails(.noMetadata) }
        return .fills(resource: target, model: authorization.modelID, content: content)
    }

    private mutating func begin(
        _ fate: CopyOperation.Fate,
        from sourceID: String,
        into targetID: String,
        called target: String,
        _ work: Work<Route>,
        in premises: inout Premises
    ) -> String {
        let number = premises.ledger.began(
            CopyRecord(
                kind: .documentModel,
                source: premises.name(sourceID, at: work.resource),
                target: target,
                clientRequestID: work.request.clientRequestID,
                startedAt: work.now
            )
        )
        let resultID = premises.random.guid()
        let seconds = premises.copySeconds()
        let endsAt = work.now.after(seconds: seconds)
        operations[resultID] = CopyOperation(
            resource: work.resource,
            sourceID: sourceID,
            version: work.route.version,
            number: number,
            statedTarget: targetID,
            acceptedAt: work.now,
            runsAt: work.now.after(seconds: seconds * (1 - premises.copying.runningShare)),
            endsAt: endsAt,
            fate: fate
        )
        agenda.add(resultID, due: endsAt)
        return resultID
    }

    mutating func settle(until now: Moment, in premises: inout Premises) {
        while let (due, resultID) = agenda.next(until: now) {
            guard let operation = operations[resultID] else { continue }
            switch operation.fate {
            case .fills(let resource, let model, let content):
                // A target that was deleted meanwhile stays deleted.
                if models[resource][model]?.status == .creating {
                    models[resource][model]?.status = .ready
                    models[resource][model]?.content = content
                    operations[resultID]?.fate = .filled
                    premises.ledger.filled(operation.number, at: due)
                } else {
                    operations[resultID]?.fate = .fails(.noMetadata)
                    premises.ledger.failed(operation.number, at: due)
                }
            case .filled: break
            case .fails: premises.ledger.failed(operation.number, at: due)
            }
        }
    }
}
