@testable import CopyDomain

extension FormRecognizerMachine: TabledMachine {
    private static var models: [(String, FormRecognizerAnswer)] {
        [
            ("no model", .targetModel(nil)), ("creating", .targetModel(model("m", .creating))),
            ("ready", .targetModel(model("m", .ready))), ("invalid", .targetModel(model("m", .invalid))),
            ("unknown model status", .targetModel(model("m", .unknown("odd")))),
        ]
    }

    var possibleAnswers: [(String, FormRecognizerAnswer)] {
        switch state {
        case .requested, .authorizable, .authorized, .ended: []
        case .inspecting(.source):
            [
                ("no source", .sourceModel(nil)), ("creating", .sourceModel(model("source-1", .creating))),
                ("ready", .sourceModel(model("source-1"))), ("invalid", .sourceModel(model("source-1", .invalid))),
                ("unknown model status", .sourceModel(model("source-1", .unknown("odd")))),
            ]
        case .inspecting(.room):
            [
                ("room", .targetSummary(ResourceRoom(count: 249, limit: 250))),
                ("no room", .targetSummary(ResourceRoom(count: 250, limit: 250))),
            ]
        case .authorizing:
            [
                ("authorized", .authorized(grant("target-9"))),
                ("authorized, expired", .authorized(grant("target-9", expires: noon))),
            ]
        case .tracing:
            [
                ("no models", .targetModels([])),
                ("models", .targetModels([model("s", .creating), model("t", .ready), model("u", .invalid)])),
            ]
        case .starting: [("started", .copyStarted(operationLocation: location))]
        case .copying:
            [
                ("not started", .copyResult(result(.notStarted))), ("running", .copyResult(result(.running))),
                ("succeeded", .copyResult(result(.succeeded))), ("failed", .copyResult(result(.failed))),
                ("failed 2024", .copyResult(result(.failed, code: "2024"))),
                ("unknown copy status", .copyResult(result(.unknown("odd")))),
            ]
        case .watching, .verifying, .checking: Self.models
        case .cleaning(let cleaning):
            switch cleaning.removal.step {
            case .due: []
            case .deleting: [("deleted", .targetModelDeleted)]
            case .looking: Self.models
            }
        }
    }

    var stateName: String {
        switch state {
        case .requested: "requested"
        case .inspecting(let question): "inspecting (\(question.rawValue))"
        case .authorizable: "authorizable"
        case .authorizing: "authorizing"
        case .tracing: "tracing"
        case .authorized: "authorized"
        case .starting: "starting"
        case .copying: "copying"
        case .watching: "watching"
        case .verifying: "verifying"
        case .checking: "checking"
        case .cleaning(let cleaning):
            switch cleaning.removal.step {
            case .due: "cleaning (due)"
            case .deleting: "cleaning (deleting)"
            case .looking: "cleaning (looking)"
            }
        case .ended: "ended"
        }
    }

    var intent: (call: FormRecognizerCall, since: Timestamp)? {
        switch state {
        case .authorizing(let since): return (.authorizeCopy, since)
        case .starting(let grant, let since): return (.startCopy(grant), since)
        case .cleaning(let cleaning):
            guard case .deleting(let since) = cleaning.removal.step else { return nil }
            return (.deleteTargetModel(id: cleaning.removal.id), since)
        case .requested, .inspecting, .authorizable, .tracing, .authorized, .copying, .watching, .verifying, .checking,
            .ended:
            return nil
        }
    }

    /// The last of the given-up targets may be the one that the event shows gone.
    var unseen: [String] {
        if case .checking(let check) = state { Array(check.open.dropFirst()) } else { abandoned }
    }

    static func mayRepeat(_ call: FormRecognizerCall) -> Bool { call == .authorizeCopy }

    static func name(_ call: FormRecognizerCall) -> String {
        switch call {
        case .getSourceModel: "source"
        case .getTargetSummary: "summary"
        case .authorizeCopy: "authorize"
        case .startCopy: "copy"
        case .getCopyResult: "result"
        case .getTargetModel(let id): "model \(id)"
        case .listTargetModels: "models"
        case .deleteTargetModel(let id): "delete \(id)"
        }
    }
}
