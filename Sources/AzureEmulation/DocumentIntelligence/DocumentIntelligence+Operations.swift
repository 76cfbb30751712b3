extension DocumentIntelligence {
    /// 200 whatever became of the copy, for 24 hours (azure-copy-apis.md 2.3).
    func operation(
        _ id: String,
        _ work: Work<Route>,
        in premises: inout Premises
    ) throws(DocumentRefusal) -> EmulatedAnswer {
        guard !work.steering.operationHidden, let operation = operations[id.lowercased()],
            operation.resource == work.resource, !operation.isGone(at: work.now)
        else { throw .operationNotFound }
        if operation.status(at: work.now).isEnd { premises.ledger.sawEnd(of: operation.number) }
        let body = operation.json(work.route.version, at: work.now, isListed: false)
        guard work.route.version.indentsOperations else { return Self.shown(body) }
        return EmulatedAnswer(
            status: .ok,
            dressing: .formRecognizer,
            contentType: "application/json",
            body: body.indentedText
        )
    }

    /// The newest first.
    func list(_ work: Work<Route>, in premises: Premises) throws(DocumentRefusal) -> EmulatedAnswer {
        let sorted = operations.values
            .filter { $0.resource == work.resource && !$0.isGone(at: work.now) }
            .sorted { ($1.acceptedAt, $1.number) < ($0.acceptedAt, $0.number) }
        return try Self.page(sorted, of: "operations", work, in: premises) {
            $0.json(work.route.version, at: work.now, isListed: true)
        }
    }
}
