extension DocumentIntelligence {
    /// 202 with the place to poll (azure-copy-apis.md 2.2).
    mutating func copy(
        _ kind: DocumentKind,
        from id: String,
        _ work: Work<Route>,
        in premises: inout Premises
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        guard work.request.isJSON else { throw .unsupportedMediaType }
        let content = try source(kind, id, work)
        let order = try DocumentCopyOrder(work.request.body, of: kind)
        guard let grant = grants[order.accessToken], grant.matches(order, at: premises.resources[grant.resource]) else {
            throw .authorizationFailed("Authorization failure due to missing or invalid authorization claims")
        }
        guard work.now < grant.expiresAt else {
            premises.ledger.cameExpired()
            throw .authorizationFailed("The authorization has expired")
        }
        if grant.isUsed, premises.resources[work.resource].quirks.refuseUsedAuthorizations {
            throw .authorizationFailed("Could not retrieve authorization metadata")
        }
        let fate = fate(of: grant, content, from: id, work)
        // Any accepted try uses it up, also one that will fail (azure-copy-apis.md 3.3).
        grants[order.accessToken]?.isUsed = true
        premises.ledger.used(authorization: grant.number)
        let operation = begin(fate, kind, from: id, into: grant, work, in: &premises)
        return EmulatedAnswer(
            status: .accepted,
            dressing: .formRecognizer,
            headers: [.init("Operation-Location", Self.operationLocation(operation, work))]
        )
    }

    /// What there is to copy: 404 for what this version does not show, 400 for what is not ready, reserved ids included.
    private func source(
        _ kind: DocumentKind,
        _ id: String,
        _ work: Work<Route>
    ) throws(DocumentRefusal) -> DocumentAsset.Content {
        if kind == .model, PrebuiltModels.model(id) != nil { throw .modelReadOnly }
        guard let asset = shelves[work.resource][kind, id] else { throw .modelNotFound }
        switch asset.state {
        case .reserved, .building: throw .modelNotReady
        case .ready: break
        }
        guard let content = asset.content, work.route.version.shows(content.apiVersion) else { throw .modelNotFound }
        return content
    }

    private func fate(
        of grant: DocumentGrant,
        _ content: DocumentAsset.Content,
        from id: String,
        _ work: Work<Route>
    ) -> DocumentOperation.Fate {
        if let end = work.steering.copyEnd {
            switch end {
            case .canceled: return .canceled
            case .skipped: return .skipped
            case .internalError: return .fails(.internalError)
            }
        }
        guard !work.steering.copyFails, !grant.isUsed, holds(grant) else { return .fails(.noMetadata) }
        guard !content.isEncrypted || work.request.degradesCopies else { return .fails(.dataProtection) }
        return .fills(
            .init(
                resource: grant.resource,
                id: grant.id,
                authorization: grant.number,
                content: content.copied(from: id, by: grant, work)
            )
        )
    }

    /// Whether the reservation that the grant made is still there.
    private func holds(_ grant: DocumentGrant) -> Bool {
        shelves[grant.resource][grant.kind, grant.id]?.state == .reserved(authorization: grant.number)
    }

    private mutating func begin(
        _ fate: DocumentOperation.Fate,
        _ kind: DocumentKind,
        from sourceID: String,
        into grant: DocumentGrant,
        _ work: Work<Route>,
        in premises: inout Premises
    ) -> DocumentOperation {
        var record = CopyRecord(
            kind: kind.record,
            source: premises.name(sourceID, at: work.resource),
            target: premises.name(grant.id, at: grant.resource),
            clientRequestID: work.request.clientRequestID,
            startedAt: work.now
        )
        record.mayDegrade = work.request.degradesCopies
        let seconds = premises.copySeconds()
        let operation = DocumentOperation(
            // The newest sorts first (azure-copy-apis.md 2.2).
            id: "\(33_166_368_000 - work.now.unixSeconds)_\(work.request.requestID)",
            resource: work.resource,
            sourceID: sourceID,
            kind: kind,
            version: work.route.version,
            number: premises.ledger.began(record),
            location: grant.location,
            acceptedAt: work.now,
            runsAt: work.route.version.runsAtOnce
                ? work.now : work.now.after(seconds: seconds * (1 - premises.copying.runningShare)),
            endsAt: work.now.after(seconds: seconds),
            fate: fate
        )
        operations[operation.id.lowercased()] = operation
        agenda.add(operation.id.lowercased(), due: operation.endsAt)
        return operation
    }

    private static func operationLocation(_ operation: DocumentOperation, _ work: Work<Route>) -> String {
        let base = work.request.base
        let version = work.route.version
        func location(_ base: String, _ version: DocumentIntelligenceVersion) -> String {
            "\(base)/\(version.base)/operations/\(operation.id)?api-version=\(version.rawValue)"
        }
        switch work.steering.location {
        case nil: return location(base, version)
        case .foreignHost: return location(LocationBend.foreignBase, version)
        case .otherVersion: return location(base, version.neighbour)
        case .otherCase:
            return "\(base)/\(version.base)/operations/\(operation.id)".uppercasingPath(after: base)
                + "?api-version=\(version.rawValue)"
        }
    }

    mutating func settle(until now: Moment, in premises: inout Premises) {
        while let (due, id) = agenda.next(until: now) {
            guard let operation = operations[id] else { continue }
            switch operation.fate {
            case .fills(let filling): fill(filling, by: operation, at: due, in: &premises)
            case .filled: break
            case .fails, .canceled, .skipped: premises.ledger.failed(operation.number, at: due)
            }
        }
    }

    private mutating func fill(
        _ filling: DocumentOperation.Filling,
        by operation: DocumentOperation,
        at due: Moment,
        in premises: inout Premises
    ) {
        // A reservation that was deleted meanwhile, or made anew by somebody else, is not filled.
        guard var asset = shelves[filling.resource][operation.kind, filling.id],
            asset.state == .reserved(authorization: filling.authorization)
        else {
            operations[operation.id.lowercased()]?.fate = .fails(.noMetadata)
            return premises.ledger.failed(operation.number, at: due)
        }
        asset.state = .ready
        asset.content = filling.content
        shelves[filling.resource][operation.kind, filling.id] = asset
        operations[operation.id.lowercased()]?.fate = .filled(asset)
        premises.ledger.filled(operation.number, at: due)
    }
}
