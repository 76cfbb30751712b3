/// The Form Recognizer v2 copy flow (azure-copy-apis.md 1, 3.1, 5, 6).
///
///     requested -> inspecting -> authorizing -> starting -> copying -> verifying -> checking -> ended
///                                   | lost         | lost      | operation unknown
///                                tracing        watching <-----+
///
/// Whatever is to be undone goes through `cleaning`, and from there to a new authorization or to the end.
///
/// What a deadline or a cancel does depends on where the run stands:
/// - before anything was sent, it ends at once; after a lost authorization it first asks for suspects, once;
/// - an authorized target whose copy was not sent is deleted, seen gone, and the run ends;
/// - a running copy is polled on for at most the grace (Azure cannot cancel), then its target is deleted whatever
///   became of it; after the grace the outcome says what was left behind, and an obligation remains;
/// - a copy that has succeeded is verified to the end on a deadline, because its target is paid for and a new request
///   would only make it again; on a cancel it is deleted.
package struct FormRecognizerMachine: FamilyMachine, Codable, Equatable, Sendable {
    typealias Action = MachineAction<FormRecognizerCall>

    /// How long Azure may take to know an operation it has just named (azure-copy-apis.md 2.3).
    static let operationAppears: Duration = .seconds(30)
    /// An authorization that runs out within this is not used any more.
    static let expiryMargin: Duration = .seconds(60)
    /// How often a copy may fail for want of "authorization metadata": it happens at random (azure-copy-apis.md 3.1),
    /// but twice in a row it is a wrong region or resource id.
    static let mismatchesBorne = 1

    package let plan: CopyPlan
    /// What the service last said about the copy.
    package internal(set) var azureStatus: String?
    var state: State = .requested
    var record = RunRecord()
    var preflight = Preflight()
    /// Authorizations whose answer was lost.
    var lostAuthorizations = 0
    /// When the target resource last answered before an authorization, by its own clock.
    var targetSeenAt: Timestamp?
    /// When the last authorization runs out, by the clock of the host that got it; `nil`: there was none, or the record
    /// was written before this was kept.
    var runsOutAt: Timestamp?
    /// Copies that failed because the target could not be found under what the authorization said.
    var mismatches = 0
    /// Targets given up while their copy may still have been running: they have to be seen gone before success.
    var abandoned: [String] = []

    package init(_ plan: CopyPlan) {
        self.plan = plan
    }

    package var obligations: [Obligation] { record.obligations }
    package var targetIDs: [String] { record.targetIDs }

    package var phase: Phase {
        switch state {
        case .requested: .requested
        case .inspecting: .inspecting
        case .authorizable, .authorizing: .authorizing
        case .tracing, .watching: .reconciling
        case .authorized, .starting: .starting
        case .copying: .copying
        case .verifying, .checking: .verifying
        case .cleaning: .cleaning
        case .ended: .ended
        }
    }

    var conclusion: Conclusion? {
        guard case .ended(let conclusion) = state else { return nil }
        return conclusion
    }

    /// Whether an answer means progress: where a target is taken away, only that it is gone does.
    var endsTrouble: Bool {
        switch state {
        case .cleaning: false
        case .requested, .inspecting, .authorizable, .authorizing, .tracing, .authorized, .starting, .copying,
            .watching,
            .verifying, .checking, .ended:
            true
        }
    }

    /// What the state asks for by itself. A call that an intent names has an open fate here.
    mutating func proceed(at now: Timestamp) -> Action {
        switch state {
        case .requested: inspect(.source)
        case .inspecting(let question): inspect(question)
        case .authorizable: authorize(at: now)
        case .authorizing(let since): trace(authorizationSince: since)
        case .tracing: .ask(.listTargetModels)
        case .authorized(let grant): startUnlessExpired(grant, at: now)
        case .starting(let grant, _): watch(grant.modelID, at: now)
        case .copying(let copying): .poll(.getCopyResult(operationLocation: copying.operationLocation))
        case .watching(let watch): .poll(.getTargetModel(id: watch.modelID))
        case .verifying(let verification): .poll(.getTargetModel(id: verification.modelID))
        case .checking(let check): self.check(check)
        case .cleaning(var cleaning): carryOn(cleaning.removal.proceed(at: now), cleaning, at: now)
        case .ended(let conclusion): .finish(conclusion)
        }
    }

    mutating func answered(
        _ answer: FormRecognizerAnswer,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        switch (answer, state) {
        case (.sourceModel(let model), .inspecting(.source)): inspected(source: model)
        case (.targetSummary(let room), .inspecting(.room)): inspected(room: room, serviceDate: serviceDate, at: now)
        case (.authorized(let grant), .authorizing): authorized(by: grant, serviceDate: serviceDate, at: now)
        case (.targetModels(let models), .tracing(let since)):
            traced(models, authorizationSince: since, serviceDate: serviceDate, at: now)
        case (.copyStarted(let operationLocation), .starting(let grant, _)):
            started(grant, operationLocation: operationLocation, at: now)
        case (.copyResult(let result), .copying(let copying)): polled(result, copying, at: now)
        case (.targetModel(let model), .watching(let watch)): watched(model, watch, at: now)
        case (.targetModel(let model), .verifying(let verification)): verified(model, verification, at: now)
        case (.targetModel(let model), .checking(let check)): checked(model, check, at: now)
        case (.targetModel(let model), .cleaning(let cleaning)): looked(model, cleaning, at: now)
        case (.targetModelDeleted, .cleaning(let cleaning)): deleted(cleaning, at: now)
        case (.sourceModel, _), (.targetSummary, _), (.authorized, _), (.targetModels, _), (.copyStarted, _),
            (.copyResult, _), (.targetModel, _), (.targetModelDeleted, _):
            preconditionFailure("an answer to a call that \(phase.rawValue) did not ask for")
        }
    }

    mutating func failed(_ failure: CallFailure, at now: Timestamp) -> Action {
        switch state {
        case .requested, .authorizable, .authorized: .wait(record.pause(after: failure, at: now))
        case .inspecting(let question): inspectionFailed(failure, question, at: now)
        case .authorizing(let since): authorizationFailed(failure, since: since, at: now)
        case .tracing(let since): tracingFailed(failure, authorizationSince: since, at: now)
        case .starting(let grant, _): startFailed(failure, grant, at: now)
        case .copying(let copying): pollFailed(failure, copying, at: now)
        case .watching(let watch): watchFailed(failure, watch, at: now)
        case .verifying(let verification): verificationFailed(failure, keeping: verification.modelID, at: now)
        case .checking(let check): verificationFailed(failure, keeping: check.kept.modelID, at: now)
        case .cleaning(let cleaning): cleaningFailed(failure, cleaning, at: now)
        case .ended(let conclusion): .finish(conclusion)
        }
    }
}
