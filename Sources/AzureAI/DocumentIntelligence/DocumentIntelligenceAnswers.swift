import CopyDomain

/// What the answers to Form Recognizer v3 and Document Intelligence v4 calls mean (azure-copy-apis.md 2 and 3.2).
enum DocumentIntelligenceAnswers {
    /// - Throws: what the classification table says of everything that is no answer to the call.
    static func answer(
        to call: DocumentIntelligenceCall,
        plan: CopyPlan,
        from response: HTTPResponse,
        in context: CallContext,
        reading reader: AnswerReader
    ) throws(CallFailure) -> DocumentIntelligenceAnswer {
        switch call {
        case .getSource: return .source(try item(plan.request.kind, response, reader))
        case .getTarget: return .target(try item(plan.request.kind, response, reader))
        case .getTargetInfo: return .targetInfo(try room(response, reader))
        case .authorizeCopy: return .authorized(try grant(plan.request, response, reader))
        case .startCopy: return .copyStarted(operationLocation: try reader.operationLocation(response))
        case .getOperation(let location):
            return .operation(try operation(at: location, response, reader))
        case .listOperations:
            return .operations(try page(response, plan.request.kind, in: context, reader).operations)
        case .deleteTarget:
            if response.status == 404, !reader.isGatewayError(response) { return .targetDeleted }
            guard response.status == 204 || response.status == 200 else { throw reader.failure(response) }
            return .targetDeleted
        }
    }

    static func room(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure) -> ResourceRoom {
        let models = try reader.body(DocumentIntelligenceBodies.Info.self, of: response, status: 200)
            .customDocumentModels
        return ResourceRoom(count: models.count, limit: models.limit)
    }

    /// One page of the operations of a resource: those that copy items of a kind, and the earliest date on the page.
    static func page(
        _ response: HTTPResponse,
        _ kind: CopyKind,
        in context: CallContext,
        _ reader: AnswerReader
    ) throws(CallFailure) -> OperationPage {
        let body = try reader.body(DocumentIntelligenceBodies.OperationPage.self, of: response, status: 200)
        var operations: [DocumentIntelligenceOperation] = []
        for item in body.value where item.kind == kind.copyOperation {
            guard let id = item.operationId, (1...1024).contains(id.utf8.count) else {
                throw reader.unexpected(response)
            }
            let location = try DocumentIntelligenceRequests.location(ofOperation: id, in: context)
            operations.append(operation(item, at: location, failure: nil, reader))
        }
        return OperationPage(
            operations: operations,
            earliest: body.value.compactMap { $0.createdDateTime.flatMap { ServiceDate.timestamp(iso8601: $0) } }.min(),
            nextLink: body.nextLink.flatMap { $0.isEmpty ? nil : $0 }
        )
    }

    struct OperationPage {
        let operations: [DocumentIntelligenceOperation]
        let earliest: Timestamp?
        let nextLink: String?
    }

    /// `nil` when it is not there or not ready: the service does not tell them apart (azure-copy-apis.md 2.4).
    private static func item(
        _ kind: CopyKind,
        _ response: HTTPResponse,
        _ reader: AnswerReader
    ) throws(CallFailure) -> DocumentIntelligenceItem? {
        if response.status == 404, !reader.isGatewayError(response) { return nil }
        let body = try reader.body(DocumentIntelligenceBodies.Item.self, of: response, status: 200)
        let id =
            switch kind {
            case .documentModel, .visionProject: body.modelId
            case .documentClassifier: body.classifierId
            }
        guard let id, ItemID(rawValue: id) != nil else { throw reader.unexpected(response) }
        return DocumentIntelligenceItem(
            id: id,
            documentTypes: body.docTypes?.count ?? 0,
            expires: body.expirationDateTime.flatMap { ServiceDate.timestamp(iso8601: $0) }
        )
    }

    private static func grant(
        _ request: CopyRequest,
        _ response: HTTPResponse,
        _ reader: AnswerReader
    ) throws(CallFailure) -> DocumentIntelligenceGrant {
        let body = try reader.body(DocumentIntelligenceBodies.Authorization.self, of: response, status: 200...201)
        let (id, location) =
            switch request.kind {
            case .documentModel, .visionProject: (body.targetModelId, body.targetModelLocation)
            case .documentClassifier: (body.targetClassifierId, body.targetClassifierLocation)
            }
        guard let id, id.lowercased() == request.target.id?.rawValue.lowercased(), let location,
            (1...8192).contains(location.utf8.count),
            !body.targetResourceId.isEmpty, !body.targetResourceRegion.isEmpty,
            (1...16_384).contains(body.accessToken.utf8.count),
            let expires = ServiceDate.timestamp(iso8601: body.expirationDateTime), response.body.count <= 64 * 1024,
            let text = String(validating: response.body, as: UTF8.self)
        else { throw reader.unexpected(response) }
        return DocumentIntelligenceGrant(
            body: Secret(text),
            accessToken: Secret(body.accessToken),
            targetLocation: location,
            expires: expires
        )
    }

    private static func operation(
        at location: String,
        _ response: HTTPResponse,
        _ reader: AnswerReader
    ) throws(CallFailure) -> DocumentIntelligenceOperation {
        let body = try reader.body(DocumentIntelligenceBodies.Operation.self, of: response, status: 200)
        let failure: CallFailure? =
            switch DocumentIntelligenceOperation.Status(body.status) {
            case .failed, .canceled, .skipped: reader.failedCopy(response)
            case .notStarted, .running, .succeeded, .unknown: nil
            }
        return operation(body, at: location, failure: failure, reader)
    }

    private static func operation(
        _ body: DocumentIntelligenceBodies.Operation,
        at location: String,
        failure: CallFailure?,
        _ reader: AnswerReader
    ) -> DocumentIntelligenceOperation {
        DocumentIntelligenceOperation(
            location: location,
            status: DocumentIntelligenceOperation.Status(reader.short(body.status)),
            targetLocation: body.resourceLocation,
            created: body.createdDateTime.flatMap { ServiceDate.timestamp(iso8601: $0) },
            failure: failure
        )
    }
}
