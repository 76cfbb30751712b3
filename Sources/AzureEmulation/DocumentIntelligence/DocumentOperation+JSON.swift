extension DocumentOperation {
    /// What GET shows; an item of a list carries no result (azure-copy-apis.md 2.3).
    func json(_ asked: DocumentIntelligenceVersion, at now: Moment, isListed: Bool) -> JSON {
        let status = status(at: now)
        return .members([
            ("operationId", .string(id)),
            ("kind", .string(kind.operation)),
            ("status", .string(status.rawValue)),
            ("createdDateTime", .string(acceptedAt.wholeSeconds)),
            ("lastUpdatedDateTime", .string(updatedAt(status).wholeSeconds)),
            ("resourceLocation", .string(location)),
            ("percentCompleted", status.isEnd ? 100 : nil),
            ("error", status == .failed && !isListed ? failure : nil),
            ("result", status == .succeeded && !isListed ? result(asked) : nil),
            ("apiVersion", version == .v4_0 ? .string(version.rawValue) : nil),
        ])
    }

    private func updatedAt(_ status: Status) -> Moment {
        switch status {
        case .notStarted: acceptedAt
        case .running: runsAt
        case .succeeded, .failed, .canceled, .skipped: endsAt
        }
    }

    private func result(_ asked: DocumentIntelligenceVersion) -> JSON? {
        guard case .filled(let asset) = fate else { return nil }
        return asset.details(asked)
    }

    private var failure: JSON? {
        guard case .fails(let reason) = fate else { return nil }
        switch reason {
        case .internalError:
            // net #37615, whole.
            let error: [JSON.Member] = [
                .init("code", "InternalServerError"), .init("message", "An unexpected error occurred."),
            ]
            return .object(error + [.init("details", [.object(error)])])
        case .noMetadata:
            return [
                "code": "Forbidden",
                "message":
                    "Could not retrieve authorization metadata. If this issue persists use a different target model to copy into.",
                "innererror": [
                    "code": "AuthorizationFailed", "message": "Authorization failed: the authorization cannot be used.",
                ],
            ]
        case .dataProtection:
            return [
                "code": "DataProtectionTransformServiceError",
                "message":
                    "Data transfer request isn't allowed as it downgrades to a less secure data protection scheme.",
            ]
        }
    }
}
