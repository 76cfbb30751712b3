/// What has happened so far, as the admin port tells it.
extension AzureCloud {
    func report(gaps: Bool) -> JSON {
        .object(
            premises.ledger.report(gaps: gaps) + [
                .init("neverFilled", .array(formRecognizer.creating(in: premises))),
                .init("reservations", .array(documentIntelligence.reservations(in: premises))),
                .init("projects", customVision.projectReport(in: premises)),
            ]
        )
    }
}
