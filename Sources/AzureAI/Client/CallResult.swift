package import CopyDomain

/// What became of a call.
package enum CallResult: Sendable {
    case answered(CopyAnswer, serviceDate: Timestamp?)
    case failed(CallFailure)
    case tooLate
}
