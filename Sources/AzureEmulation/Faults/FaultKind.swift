/// What can be made to go wrong.
package enum FaultKind: String, Sendable, CaseIterable, Decodable {
    /// 429 with Retry-After; nothing is touched.
    case throttle
    case error500
    case error503
    /// 410, as for a retired API version.
    case gone
    /// 404, as from a metadata service that is being updated.
    case notFound
    /// The connection is reset and nothing is done.
    case reset
    /// The work is done and the connection is cut without an answer.
    case answerLost
    case slow
    /// The copy that this call starts will fail.
    case copyFails
    /// The copy that this call starts will fail with InternalServerError.
    case copyInternalError
    /// The copy that this call starts will be canceled.
    case copyCanceled
    /// The copy that this call starts will be skipped.
    case copySkipped
    /// An operation that is there is not found.
    case early404
    /// The Operation-Location names another host.
    case foreignLocation
    /// The Operation-Location is spelled in capitals.
    case otherCaseLocation
    /// The Operation-Location names another API version.
    case otherVersionLocation
    /// The import that this call starts will fail and leave a partial project.
    case importFails
    /// The import that this call starts stays Importing for ever.
    case importStuck
    case hold

    /// Whether the fault makes sense for a call of this name.
    func concerns(_ call: String) -> Bool {
        switch self {
        case .copyFails, .foreignLocation, .otherCaseLocation, .otherVersionLocation:
            call == "copy" || call == "copyTo"
        case .copyInternalError, .copyCanceled, .copySkipped: call == "copyTo"
        case .early404: call == "getOperation"
        case .importFails, .importStuck: call == "import"
        case .throttle, .error500, .error503, .gone, .notFound, .reset, .answerLost, .slow, .hold: true
        }
    }

    /// The stages at which the fault can strike.
    var stages: [Stage] {
        switch self {
        case .throttle, .gone, .notFound, .reset, .copyFails, .copyInternalError, .copyCanceled, .copySkipped,
            .early404, .foreignLocation, .otherCaseLocation, .otherVersionLocation, .importFails, .importStuck:
            [.beforeWork]
        case .error500, .error503, .slow: [.beforeWork, .afterWork]
        case .answerLost: [.afterWork]
        case .hold: [.beforeWork, .afterWork, .afterAnswer]
        }
    }
}

/// How far a request has come.
package enum Stage: String, Sendable, CaseIterable, Decodable {
    /// The request is read and nothing is done.
    case beforeWork
    /// The work is done and the answer is not sent.
    case afterWork
    /// The answer is handed to the socket.
    case afterAnswer
}
