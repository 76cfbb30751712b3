extension FormRecognizerMachine {
    mutating func leaveEverything(at now: Timestamp) {
        let left: [String]
        switch state {
        case .requested, .inspecting, .authorizable, .ended: left = []
        case .authorizing(let since), .tracing(let since):
            oweEmptyModel(among: [], authorizationSince: since, serviceDate: nil, at: now)
            left = []
        case .authorized(let grant), .starting(let grant, _): left = [grant.modelID]
        case .copying(let copying): left = [copying.modelID]
        case .watching(let watch): left = [watch.modelID]
        case .verifying(let verification): left = [verification.modelID]
        case .checking(let check): left = [check.kept.modelID] + check.open
        case .cleaning(let cleaning):
            switch cleaning.next {
            case .authorize, .end: left = [cleaning.removal.id]
            case .check(let check): left = [cleaning.removal.id, check.kept.modelID] + check.open
            }
        }
        for id in left { leave(id, reason: "The run ended where it stood: its workers had died.", at: now) }
    }
}
