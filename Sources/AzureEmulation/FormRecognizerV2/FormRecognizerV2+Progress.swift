extension FormRecognizerV2 {
    /// 200 whatever became of the copy (azure-copy-apis.md 1.3).
    func progress(
        of resultID: String,
        from sourceID: String,
        _ work: Work<Route>,
        in premises: inout Premises
    ) -> EmulatedAnswer {
        guard let operation = operations[resultID], operation.resource == work.resource,
            operation.sourceID == sourceID
        else { return Self.error(.notFound, "1022", "Copy result with 'id=\(resultID)' not found.") }
        let quirks = premises.resources[work.resource].quirks
        let status = operation.status(at: work.now)
        if status == .succeeded || status == .failed { premises.ledger.sawEnd(of: operation.number) }
        let (createdAt, updatedAt) = operation.dates(status)
        let failure =
            status == .failed
            ? operation.failure(requestID: quirks.plainCopyErrors ? nil : work.request.requestID) : nil
        let isEmpty =
            status == .succeeded
            && (operation.version.emptiesResult || quirks.emptyCopyResult)
        var answer = EmulatedAnswer.json(
            .ok,
            [
                "status": .string(status.rawValue),
                "createdDateTime": .string(createdAt),
                "lastUpdatedDateTime": .string(updatedAt),
                "copyResult": .members([
                    ("modelId", isEmpty ? nil : .string(operation.statedTarget)),
                    ("errors", failure?.errors),
                ]),
            ],
            dressing: .formRecognizer
        )
        if let failure { answer.headers = [failure.header] }
        return answer
    }
}

extension CopyOperation {
    /// Both dates move with each change of status and then have six or seven digits (azure-copy-apis.md 1.3).
    fileprivate func dates(_ status: Status) -> (createdAt: String, updatedAt: String) {
        switch status {
        case .notStarted: (acceptedAt.wholeSeconds, acceptedAt.wholeSeconds)
        case .running: (runsAt.sevenDigits, runsAt.after(nanoseconds: 100).sevenDigits)
        case .succeeded, .failed: (endsAt.sevenDigits, endsAt.after(nanoseconds: 400).sevenDigits)
        }
    }

    /// The errors of a failed copy and the header that repeats their code (azure-copy-apis.md 1.3, 3.1).
    fileprivate func failure(requestID: String?) -> (errors: JSON, header: HeaderList.Field)? {
        guard case .fails(let reason) = fate else { return nil }
        guard version.failsByNumber else {
            return (
                [["code": "AuthorizationError", "message": .string(Self.noMetadata)]],
                .init("x-ms-cs-error-code", "AuthorizationError")
            )
        }
        let error: JSON = .members([
            ("code", "2024"), ("message", .string(message(reason))),
            ("innerError", requestID.map { ["requestId": .string($0)] }),
        ])
        return ([error], .init("ms-azure-ai-errorcode", "2024"))
    }

    private static let noMetadata =
        "Could not retrieve authorization metadata. If this issue persists use a different target model to copy into."

    private func message(_ reason: Reason) -> String {
        switch reason {
        case .noMetadata: Self.noMetadata
        case .noResource(let armId, let region):
            "Could not fetch information for Cognitive resource with Id '\(armId)'. Ensure the resource is valid and exists in the specified region '\(region)'.."
        }
    }
}
