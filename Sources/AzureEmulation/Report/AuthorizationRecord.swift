/// What is written down about one authorization to copy.
package struct AuthorizationRecord: Sendable {
    package let resource: String
    package let modelID: String
    package let clientRequestID: String?
    package let issuedAt: Moment
    package let expiresAt: Moment
    /// Accepted copies that carried it: the first uses it up, the others are in vain.
    package internal(set) var uses = 0
}

/// A target that was filled.
package struct FinishedTarget: Sendable {
    package let clientRequestID: String?
    package let kind: CopyRecord.Kind
    package let source: String
    package let target: String
    package let finishedAt: Moment
}
