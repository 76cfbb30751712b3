@testable import CopyDomain

extension DocumentIntelligenceMachine: TabledMachine {
    private static var targets: [(String, DocumentIntelligenceAnswer)] {
        [
            ("nothing there", .target(nil)), ("like the source", .target(item())),
            ("unlike the source", .target(item(documentTypes: 5))),
        ]
    }

    private static var removed: [(String, DocumentIntelligenceAnswer)] { [("deleted", .targetDeleted)] }

    var possibleAnswers: [(String, DocumentIntelligenceAnswer)] {
        switch state {
        case .requested, .reserving, .authorizable, .authorized, .ended: []
        case .inspecting(.source):
            [
                ("source", .source(item("source-1"))), ("no source", .source(nil)),
                ("source, expiring", .source(item("source-1", expires: noon + .seconds(3600)))),
            ]
        case .inspecting(.target), .conflicting, .watching, .verifying: Self.targets
        case .inspecting(.room):
            [
                ("room", .targetInfo(ResourceRoom(count: 3, limit: 500))),
                ("no room", .targetInfo(ResourceRoom(count: 500, limit: 500))),
            ]
        case .replacing(let removal): Self.answers(to: removal)
        case .authorizing:
            [
                ("authorized", .authorized(intelligenceGrant("canary-9"))),
                ("authorized, expired", .authorized(intelligenceGrant("canary-9", expires: noon))),
            ]
        case .starting: [("started", .copyStarted(operationLocation: operationLocation("operation-9")))]
        case .locating:
            [
                ("no operations", .operations([])), ("the operation", .operations([operation(.running, id: "op-9")])),
                ("the operation, failed", .operations([operation(.failed, id: "op-9")])),
                (
                    "the repeat failed",
                    .operations([operation(.failed, id: "op-9"), operation(.running, id: "op-8")])
                ),
                ("another's operation", .operations([operation(.running, id: "op-9", target: "https://other/m")])),
                (
                    "an older operation",
                    .operations([operation(.succeeded, id: "op-9", created: noon - .seconds(3600))])
                ),
                ("a dateless operation", .operations([operation(.running, id: "op-9", created: nil)])),
            ]
        case .copying:
            [
                ("not started", .operation(operation(.notStarted))), ("running", .operation(operation(.running))),
                ("unknown status", .operation(operation(.unknown("odd")))),
                ("succeeded", .operation(operation(.succeeded))),
                ("failed", .operation(operation(.failed))),
                ("failed, passing", .operation(operation(.failed, failure: failure(.notDone(retryAfter: nil))))),
                ("failed, for good", .operation(operation(.failed, failure: failure(.refused, .dataProtection)))),
                ("failed, mismatch", .operation(operation(.failed, failure: failure(.refused, .targetMismatch)))),
                ("canceled", .operation(operation(.canceled))), ("skipped", .operation(operation(.skipped))),
            ]
        case .cleaning(let cleaning): Self.answers(to: cleaning.removal)
        }
    }

    var possibleFailures: [(String, CallFailure)] {
        switch state {
        case .authorizing: [("taken", failure(.refused, .targetIDTaken, status: 409))]
        case .starting:
            [
                ("authorization refused", failure(.refused, .authorizationExpired, status: 403)),
                ("foreign location", failure(.refused, .foreignOperationLocation, status: 202)),
            ]
        case .requested, .reserving, .inspecting, .replacing, .authorizable, .conflicting, .authorized, .locating,
            .copying, .watching, .verifying, .cleaning, .ended:
            []
        }
    }

    private static func answers(to removal: Removal) -> [(String, DocumentIntelligenceAnswer)] {
        switch removal.step {
        case .due: []
        case .deleting: removed
        case .looking: targets
        }
    }

    var stateName: String {
        switch state {
        case .requested: "requested"
        case .reserving: "reserving"
        case .inspecting(let question): "inspecting (\(question.rawValue))"
        case .replacing(let removal): "replacing (\(Self.name(removal.step)))"
        case .authorizable: "authorizable"
        case .authorizing: "authorizing"
        case .conflicting: "conflicting"
        case .authorized: "authorized"
        case .starting(let start, _): start.repeats == 0 ? "starting" : "starting (again)"
        case .locating: "locating"
        case .copying(let copying): copying.isRepeat ? "copying (again)" : "copying"
        case .watching: "watching"
        case .verifying: "verifying"
        case .cleaning(let cleaning):
            "cleaning (\(Self.name(cleaning.removal.step))\(cleaning.isDeleted ? ", deleted" : ""))"
        case .ended: "ended"
        }
    }

    private static func name(_ step: Removal.Step) -> String {
        switch step {
        case .due: "due"
        case .deleting: "deleting"
        case .looking: "looking"
        }
    }

    var intent: (call: DocumentIntelligenceCall, since: Timestamp)? {
        switch state {
        case .authorizing(let since): (.authorizeCopy, since)
        case .starting(let start, let since): (.startCopy(start.grant), since)
        case .replacing(let removal): Self.intent(of: removal)
        case .cleaning(let cleaning): Self.intent(of: cleaning.removal)
        case .requested, .reserving, .inspecting, .authorizable, .conflicting, .authorized, .locating, .copying,
            .watching, .verifying, .ended:
            nil
        }
    }

    private static func intent(of removal: Removal) -> (call: DocumentIntelligenceCall, since: Timestamp)? {
        if case .deleting(let since) = removal.step { (.deleteTarget, since) } else { nil }
    }

    /// Only these look at a target that is to become, or to pass for, a success.
    var unseen: [String] {
        switch state {
        case .watching, .verifying, .inspecting(.target), .conflicting, .ended: []
        case .requested, .reserving, .inspecting, .replacing, .authorizable, .authorizing, .authorized, .starting,
            .locating, .copying, .cleaning:
            ["the target"]
        }
    }

    /// Azure itself refuses the second authorization.
    static func mayRepeat(_ call: DocumentIntelligenceCall) -> Bool { call == .authorizeCopy }

    static func name(_ call: DocumentIntelligenceCall) -> String {
        switch call {
        case .getSource: "source"
        case .getTargetInfo: "room"
        case .getTarget: "target"
        case .authorizeCopy: "authorize"
        case .startCopy: "copy"
        case .getOperation: "operation"
        case .listOperations: "operations"
        case .deleteTarget: "delete"
        }
    }
}
