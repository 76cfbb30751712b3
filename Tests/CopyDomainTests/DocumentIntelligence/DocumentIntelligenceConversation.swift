import Testing

@testable import CopyDomain

typealias DocumentIntelligenceConversation = Conversation<DocumentIntelligenceMachine>

/// Shortcuts to the states of a v3 or v4 copy.
extension Conversation<DocumentIntelligenceMachine> {
    static func begun(
        _ policy: ConflictPolicy = .fail,
        purpose: CopyRequest.Purpose = .copy,
        kind: CopyKind = .documentModel,
        limits: MachineLimits = MachineLimits()
    ) -> Self {
        let plan = plan(.documentIntelligence4_0, kind: kind, onConflict: policy, purpose: purpose, limits: limits)
        var run = Conversation(DocumentIntelligenceMachine(plan))
        run.tell(.begun)
        return run
    }

    /// Looks at the source.
    static func inspecting(
        _ policy: ConflictPolicy = .fail,
        kind: CopyKind = .documentModel,
        limits: MachineLimits = MachineLimits()
    ) -> Self {
        var run = begun(policy, kind: kind, limits: limits)
        run.tell(.reserved)
        return run
    }

    /// Looks at the target's id.
    static func inspectingTarget(
        _ policy: ConflictPolicy = .fail,
        kind: CopyKind = .documentModel,
        limits: MachineLimits = MachineLimits()
    ) -> Self {
        var run = inspecting(policy, kind: kind, limits: limits)
        run.answer(.source(item("source-1")))
        return run
    }

    static func replacing() -> Self {
        var run = inspectingTarget(.replace)
        run.answer(.target(item(documentTypes: 5)))
        return run
    }

    static func authorizing(_ policy: ConflictPolicy = .fail, limits: MachineLimits = MachineLimits()) -> Self {
        var run = inspectingTarget(policy, limits: limits)
        run.answer(.target(nil))
        run.answer(.targetInfo(ResourceRoom(count: 3, limit: 500)))
        return run
    }

    static func conflicting(_ policy: ConflictPolicy = .fail) -> Self {
        var run = authorizing(policy)
        run.fail(.refused, .targetIDTaken, status: 409)
        return run
    }

    /// The answer to the authorization was lost, and the next one is refused.
    static func conflictingAfterLoss(_ policy: ConflictPolicy = .fail) -> Self {
        var run = authorizing(policy)
        run.fail(.unknown)
        run.tell(.elapsed)
        run.fail(.refused, .targetIDTaken, status: 409)
        return run
    }

    static func starting(_ policy: ConflictPolicy = .fail, limits: MachineLimits = MachineLimits()) -> Self {
        var run = authorizing(policy, limits: limits)
        run.answer(.authorized(intelligenceGrant()))
        return run
    }

    /// The answer to the copy was lost, and the first list does not show it.
    static func locating(limits: MachineLimits = MachineLimits()) -> Self {
        var run = starting(limits: limits)
        run.fail(.unknown)
        run.answer(.operations([]))
        return run
    }

    /// The copy was lost, was not found within the time for it, and is sent again.
    static func startingAgain() -> Self {
        var run = locating()
        run.pass(.seconds(60))
        run.answer(.operations([]))
        return run
    }

    static func copying(_ policy: ConflictPolicy = .fail, limits: MachineLimits = MachineLimits()) -> Self {
        var run = starting(policy, limits: limits)
        run.answer(.copyStarted(operationLocation: operationLocation()))
        return run
    }

    static func copyingAgain() -> Self {
        var run = startingAgain()
        run.answer(.copyStarted(operationLocation: operationLocation("operation-2")))
        return run
    }

    /// Azure does not know the operation any more.
    static func watching(limits: MachineLimits = MachineLimits()) -> Self {
        var run = copying(limits: limits)
        run.pass(.seconds(60))
        run.fail(.refused, .unexpectedAnswer, status: 404)
        return run
    }

    static func verifying() -> Self {
        var run = copying()
        run.answer(.operation(operation(.succeeded)))
        return run
    }

    /// The copy failed in a way that passes with a new authorization.
    static func cleaning(_ policy: ConflictPolicy = .fail, limits: MachineLimits = MachineLimits()) -> Self {
        var run = copying(policy, limits: limits)
        run.answer(.operation(operation(.failed, failure: failure(.notDone(retryAfter: nil), .copyFailed))))
        return run
    }

    /// A lost delete cannot come any more, and nothing is seen under the id.
    @discardableResult
    mutating func settle() -> MachineAction<DocumentIntelligenceCall> {
        pass(.seconds(60))
        tell(.elapsed)
        return answer(.target(nil))
    }

    /// The delete of what bears the id is answered, and nothing is seen under it.
    @discardableResult
    mutating func clean() -> MachineAction<DocumentIntelligenceCall> {
        answer(.targetDeleted)
        return answer(.target(nil))
    }

    /// The target is taken away, and after the pause the next attempt begins.
    @discardableResult
    mutating func cleanAndTryAgain() -> MachineAction<DocumentIntelligenceCall> {
        let pause = clean()
        #expect(pause.wait != nil, "attempts are spaced")
        return tell(.elapsed)
    }
}
