extension FormRecognizerV2 {
    /// A token that lets one copy into one empty model.
    struct Authorization: Sendable {
        let resource: Int
        let modelID: String
        let expiresAt: Moment
        /// `expirationDateTimeTicks` as it was answered; it must come back verbatim.
        let stated: Int64
        let number: Int
        var isUsed = false

        /// Whether the caller sent back what was issued, unaltered.
        func matches(_ grant: CopyOrder.Grant) -> Bool {
            grant.modelId.lowercased() == modelID && grant.expirationDateTimeTicks == stated
        }
    }

    /// 201, and from now on an empty model that counts (azure-copy-apis.md 1.1).
    mutating func authorize(_ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        let resource = premises.resources[work.resource]
        guard models[work.resource].count < resource.modelLimit else {
            return Self.error(.badRequest, "1014", "Account cannot create more than \(resource.modelLimit) models.")
        }
        let id = premises.random.guid()
        let token = premises.random.guid()
        let expiresAt = work.now.after(seconds: resource.quirks.tokenSeconds)
        let isTicks = work.route.version.countsTicks || resource.quirks.ticks
        let stated = isTicks ? expiresAt.dotNetTicks : expiresAt.unixSeconds
        models[work.resource][id] = FormRecognizerModel(
            id: id,
            status: .creating,
            content: .init(
                name: nil,
                createdAt: work.now.wholeSeconds,
                updatedAt: work.now.wholeSeconds,
                isTrained: false,
                isLabelled: false
            ),
            clientRequestID: work.request.clientRequestID,
            madeAt: work.now
        )
        let number = premises.ledger.issued(
            AuthorizationRecord(
                resource: resource.name,
                modelID: id,
                clientRequestID: work.request.clientRequestID,
                issuedAt: work.now,
                expiresAt: expiresAt
            )
        )
        premises.ledger.gaveOut(token: token)
        authorizations[token] = Authorization(
            resource: work.resource,
            modelID: id,
            expiresAt: expiresAt,
            stated: stated,
            number: number
        )
        var answer = EmulatedAnswer.json(
            .created,
            [
                "modelId": .string(id), "accessToken": .string(token),
                "expirationDateTimeTicks": .integer(stated),
            ],
            dressing: .formRecognizer
        )
        answer.headers = [.init("Location", Self.base(work, in: premises) + "/" + id)]
        return answer
    }
}
