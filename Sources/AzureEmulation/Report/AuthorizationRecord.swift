/// What is written down about one authorization to copy.
struct AuthorizationRecord: Sendable {
    let resource: String
    let modelID: String
    let clientRequestID: String?
    let issuedAt: Moment
    let expiresAt: Moment
    /// Accepted copies that carried it: the first uses it up, the others are in vain.
    var uses = 0
}

/// A target that was filled.
struct FinishedTarget: Sendable {
    let clientRequestID: String?
    let kind: CopyRecord.Kind
    let source: String
    let target: String
    let finishedAt: Moment
}
