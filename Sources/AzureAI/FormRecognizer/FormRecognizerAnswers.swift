import CopyDomain

/// What the answers to Form Recognizer v2 calls mean (azure-copy-apis.md 1 and 3.1).
enum FormRecognizerAnswers {
    /// - Throws: what the classification table says of everything that is no answer to the call.
    static func answer(
        to call: FormRecognizerCall,
        from response: HTTPResponse,
        reading reader: AnswerReader
    ) throws(CallFailure) -> FormRecognizerAnswer {
        switch call {
        case .getSourceModel:
            if response.status == 404, !reader.isGatewayError(response) { return .sourceModel(nil) }
            return .sourceModel(try model(response, reader))
        case .getTargetSummary:
            return .targetSummary(try room(response, reader))
        case .authorizeCopy:
            return .authorized(try grant(response, reader))
        case .startCopy:
            return .copyStarted(operationLocation: try reader.operationLocation(response))
        case .getCopyResult:
            return .copyResult(try copyResult(response, reader))
        case .getTargetModel:
            if response.status == 404, !reader.isGatewayError(response) { return .targetModel(nil) }
            return .targetModel(try model(response, reader))
        case .listTargetModels:
            return .targetModels(try page(response, reader).models)
        case .deleteTargetModel:
            if response.status == 404, !reader.isGatewayError(response) { return .targetModelDeleted }
            guard response.status == 204 || response.status == 200 else { throw reader.failure(response) }
            return .targetModelDeleted
        }
    }

    static func page(
        _ response: HTTPResponse,
        _ reader: AnswerReader
    ) throws(CallFailure) -> (models: [FormRecognizerModel], nextLink: String?) {
        let body = try reader.body(FormRecognizerBodies.ModelPage.self, of: response, status: 200)
        var models: [FormRecognizerModel] = []
        for info in body.modelList {
            models.append(try model(info, error: nil, response, reader))
        }
        return (models, body.nextLink.flatMap { $0.isEmpty ? nil : $0 })
    }

    static func room(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure) -> ResourceRoom {
        let summary = try reader.body(FormRecognizerBodies.Summary.self, of: response, status: 200).summary
        guard summary.count >= 0, summary.limit >= 0 else { throw reader.unexpected(response) }
        return ResourceRoom(count: summary.count, limit: summary.limit)
    }

    private static func grant(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure)
        -> FormRecognizerGrant
    {
        let body = try reader.body(FormRecognizerBodies.Authorization.self, of: response, status: 200...201)
        guard ItemID(rawValue: body.modelId) != nil, (1...8192).contains(body.accessToken.utf8.count),
            body.expirationDateTimeTicks > 0
        else { throw reader.unexpected(response) }
        return FormRecognizerGrant(
            modelID: body.modelId,
            accessToken: Secret(body.accessToken),
            expirationDateTimeTicks: body.expirationDateTimeTicks
        )
    }

    private static func copyResult(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure)
        -> FormRecognizerCopyResult
    {
        let body = try reader.body(FormRecognizerBodies.CopyOperation.self, of: response, status: 200)
        let status = FormRecognizerCopyResult.Status(reader.short(body.status))
        guard status == .failed else { return FormRecognizerCopyResult(status: status, failure: nil) }
        let problem = AzureErrorBody(body.copyResult?.errors?.first, in: response)
        return FormRecognizerCopyResult(status: status, failure: reader.failedCopy(response, saying: problem))
    }

    private static func model(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure)
        -> FormRecognizerModel
    {
        let body = try reader.body(FormRecognizerBodies.Model.self, of: response, status: 200)
        let problem = body.trainResult?.errors?.first
        let error =
            FormRecognizerModel.Status(body.modelInfo.status) == .invalid
            ? reader.failedCopy(response, saying: AzureErrorBody(problem, in: response)).azure : nil
        return try model(body.modelInfo, error: error, response, reader)
    }

    private static func model(
        _ info: FormRecognizerBodies.ModelInfo,
        error: AzureError?,
        _ response: HTTPResponse,
        _ reader: AnswerReader
    ) throws(CallFailure) -> FormRecognizerModel {
        guard ItemID(rawValue: info.modelId) != nil else { throw reader.unexpected(response) }
        return FormRecognizerModel(
            id: info.modelId,
            status: FormRecognizerModel.Status(reader.short(info.status)),
            name: info.modelName,
            created: info.createdDateTime.flatMap { ServiceDate.timestamp(iso8601: $0) },
            error: error
        )
    }
}

extension AzureErrorBody {
    /// What a failed operation says; two generations of headers name the code as well.
    fileprivate init(_ problem: FormRecognizerBodies.Problem?, in response: HTTPResponse) {
        self.init(
            code: problem?.code ?? response.header("ms-azure-ai-errorcode") ?? response.header("x-ms-cs-error-code"),
            message: problem?.message
        )
    }
}
