import Testing

@testable import CopyDomain

typealias FormRecognizerConversation = Conversation<FormRecognizerMachine>

/// Shortcuts to the states of a v2 copy.
extension Conversation<FormRecognizerMachine> {
    static func inspecting(purpose: CopyRequest.Purpose = .copy, limits: MachineLimits = MachineLimits()) -> Self {
        var conversation = Conversation(FormRecognizerMachine(plan(purpose: purpose, limits: limits)))
        conversation.tell(.begun)
        return conversation
    }

    /// Source and target were found in order: the authorization is asked for.
    static func begun(limits: MachineLimits = MachineLimits()) -> Self {
        var conversation = inspecting(limits: limits)
        conversation.answer(.sourceModel(model("source-1")))
        conversation.answer(.targetSummary(ResourceRoom(count: 13, limit: 250)))
        return conversation
    }

    static func starting(limits: MachineLimits = MachineLimits()) -> Self {
        var conversation = begun(limits: limits)
        conversation.answer(.authorized(grant()))
        return conversation
    }

    static func copying(limits: MachineLimits = MachineLimits()) -> Self {
        var conversation = starting(limits: limits)
        conversation.answer(.copyStarted(operationLocation: location))
        return conversation
    }

    static func watching(limits: MachineLimits = MachineLimits()) -> Self {
        var conversation = starting(limits: limits)
        conversation.fail(.unknown)
        return conversation
    }

    static func verifying(limits: MachineLimits = MachineLimits()) -> Self {
        var conversation = copying(limits: limits)
        conversation.answer(.copyResult(result(.succeeded)))
        return conversation
    }

    /// The first target was given up while its copy may still have run; the second is copying.
    static func copyingAgain() -> Self {
        var conversation = watching()
        conversation.pass(.seconds(120))
        conversation.answer(.targetModel(model("target-1", .creating)))
        conversation.answer(.targetModelDeleted)
        conversation.tryAgain()
        conversation.answer(.authorized(grant("target-2")))
        conversation.answer(.copyStarted(operationLocation: location))
        return conversation
    }

    static func checking() -> Self {
        var conversation = copyingAgain()
        conversation.answer(.copyResult(result(.succeeded)))
        conversation.answer(.targetModel(model("target-2")))
        return conversation
    }

    /// The target is seen gone, and after the pause the next attempt begins.
    @discardableResult
    mutating func tryAgain() -> MachineAction<FormRecognizerCall> {
        let pause = answer(.targetModel(nil))
        #expect(pause.wait != nil, "attempts are spaced")
        return tell(.elapsed)
    }
}

let location = "https://invoices-westus2.cognitiveservices.azure.com/formrecognizer/v2.1/custom/models/s/copyresults/r"

/// - Parameter code: `2024` means a mismatch of the target, anything else what may pass with a new authorization.
func result(_ status: FormRecognizerCopyResult.Status, code: String? = nil) -> FormRecognizerCopyResult {
    let failure = code.map { code in
        CallFailure(
            fate: code == "2024" ? .refused : .notDone(retryAfter: nil),
            code: code == "2024" ? .targetMismatch : .copyFailed,
            message: "Azure could not complete the copy.",
            azure: AzureError(status: 200, code: code, message: "Azure's words.")
        )
    }
    return FormRecognizerCopyResult(status: status, failure: failure)
}
