/// The copy flow of Form Recognizer v3 and Document Intelligence v4, for models and classifiers
/// (azure-copy-apis.md 2, 3.2, 5, 6).
///
///     requested -> reserving -> inspecting -> [replacing] -> authorizing -> starting -> copying -> verifying -> ended
///                                                               | taken        | lost      | operation unknown
///                                                          conflicting      locating    watching
///
/// Whatever is to be undone goes through `cleaning`, and from there to a new authorization or to the end. The caller
/// chooses the target's id, so there is never more than one target. An authorization whose answer was lost is asked for
/// again: Azure refuses the second. What bears the id is this run's own while its authorization holds the id, that is
/// until a delete was answered; what is seen under it afterwards may be another's, and is not touched.
///
/// What a deadline or a cancel does depends on where the run stands:
/// - before an authorization was sent, it ends at once; one whose answer was lost leaves a reservation behind;
/// - an authorized target whose copy was not sent is deleted, and the run ends;
/// - a running copy is polled on for at most the grace (Azure cannot cancel), then its target is deleted whatever
///   became of it; after the grace the outcome says what was left behind, and an obligation remains;
/// - a copy that has succeeded is verified to the end on a deadline, because its target is paid for and a new request
///   would only make it again; on a cancel it is deleted.
package struct DocumentIntelligenceMachine: FamilyMachine, Codable, Equatable, Sendable {
    typealias Action = MachineAction<DocumentIntelligenceCall>

    /// How long Azure may take to know an operation it has just named (azure-copy-apis.md 2.3).
    static let operationAppears: Duration = .seconds(30)
    /// An authorization that runs out within this is not used any more.
    static let expiryMargin: Duration = .seconds(60)
    /// How long an authorization holds its id at most (azure-copy-apis.md 2.1).
    static let authorizationLife: Duration = .seconds(3600)
    /// How long after it was given up for lost a delete may still take effect: twice the limit of a call. There is no
    /// recording of one that did; what the id bears by then would be gone.
    static let lateDelete: Duration = .seconds(60)
    /// How long after another was answered an authorization whose own answer was lost may still take effect. There is
    /// no recording of one that did.
    static let lateAuthorization: Duration = .seconds(300)
    /// How far the clocks of two resources may disagree.
    static let clockSlack: Duration = .seconds(5)
    /// How long before its end a copy's life is worth a warning.
    static let expiryNotice: Duration = .seconds(30 * 24 * 3600)
    /// How often a copy may fail for want of "authorization metadata" (azure-copy-apis.md 3.1).
    static let mismatchesBorne = 1
    /// How often in a row an id may be refused as taken while there is hope that it comes free.
    static let conflictsBorne = 5

    package let plan: CopyPlan
    /// What the service last said about the copy.
    package internal(set) var azureStatus: String?
    var state: State = .requested
    var record = RunRecord()
    var preflight = Preflight()
    /// What is known of the source since it was inspected.
    var source: Likeness?
    /// An authorization was asked for whose answer was lost: the id may be reserved for this run.
    var hasOpenAuthorization = false
    /// When a later authorization was answered although the answer to an earlier one was lost: that one has not taken
    /// effect by then, and may when the id is free again.
    var lateAuthorizationSince: Timestamp?
    /// When the last authorization runs out; `nil`: there was none, or the record was written before this was kept.
    var heldUntil: Timestamp?
    /// Refusals in a row of an id as taken.
    var conflictsMet = 0
    /// When a target was last given up while its copy may still have been running.
    var abandonedAt: Timestamp?
    /// The operations this run knew, so that no lost copy is taken for one of them.
    var operationIDs: [String] = []
    /// Why the last copy failed, as Azure told it.
    var failedCopy: Verdict?
    /// Copies that failed for want of "authorization metadata".
    var mismatches = 0
    /// What may still be taken away under the target's id.
    var lostDelete: LostDelete?

    package init(_ plan: CopyPlan) {
        self.plan = plan
    }

    package var obligations: [Obligation] { record.obligations }
    package var targetIDs: [String] { record.targetIDs }

    /// The id that the request chose.
    var targetID: String {
        guard let id = plan.request.target.id else { preconditionFailure("a plan of this family has a target id") }
        return id.rawValue
    }

    /// Whether this run ever had an authorization for the target's id.
    var wasAuthorized: Bool { !record.targetIDs.isEmpty }

    package var phase: Phase {
        switch state {
        case .requested: .requested
        case .reserving: .waiting
        case .inspecting: .inspecting
        case .replacing: .replacing
        case .authorizable, .authorizing: .authorizing
        case .conflicting, .locating, .watching: .reconciling
        case .authorized, .starting: .starting
        case .copying: .copying
        case .verifying: .verifying
        case .cleaning: .cleaning
        case .ended: .ended
        }
    }

    var conclusion: Conclusion? {
        guard case .ended(let conclusion) = state else { return nil }
        return conclusion
    }

    mutating func reserved(at now: Timestamp) -> Action {
        if case .reserving = state { return inspect(.source) }
        return withinGrace(proceed(at: now), at: now)
    }

    /// Whether an answer means progress: where something is taken away, only that it is gone does.
    var endsTrouble: Bool {
        switch state {
        case .replacing, .conflicting, .cleaning: false
        case .requested, .reserving, .inspecting, .authorizable, .authorizing, .authorized, .starting, .locating,
            .copying, .watching, .verifying, .ended:
            true
        }
    }

    /// What the state asks for by itself. A call that an intent names has an open fate here.
    mutating func proceed(at now: Timestamp) -> Action {
        switch state {
        case .requested: begin()
        case .reserving: reserve()
        case .inspecting(let question): inspect(question)
        case .replacing(let removal): goOn(replacing: removal, at: now)
        case .authorizable: authorize(at: now)
        case .authorizing: authorizeAgain(at: now)
        case .conflicting: .ask(.getTarget)
        case .authorized(let start): startUnlessExpired(start, at: now)
        case .starting(let start, _): locate(start)
        case .locating(let search): .poll(.listOperations(since: search.start.earliestOperation))
        case .copying(let copying): .poll(.getOperation(location: copying.operationLocation))
        case .watching, .verifying: .poll(.getTarget)
        case .cleaning(let cleaning): goOn(cleaning, at: now)
        case .ended(let conclusion): .finish(conclusion)
        }
    }

    mutating func answered(
        _ answer: DocumentIntelligenceAnswer,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        switch (answer, state) {
        case (.source(let item), .inspecting(.source)): inspected(source: item, at: now)
        case (.targetInfo(let room), .inspecting(.room)): inspected(room: room, at: now)
        case (.target(let item), .inspecting(.target)): inspected(target: item, at: now)
        case (.target(let item), .replacing(let removal)):
            looked(item, replacing: removal, serviceDate: serviceDate, at: now)
        case (.targetDeleted, .replacing(let removal)): deleted(replacing: removal, at: now)
        case (.authorized(let grant), .authorizing): authorized(by: grant, serviceDate: serviceDate, at: now)
        case (.target(let item), .conflicting): conflicted(with: item, at: now)
        case (.copyStarted(let location), .starting(let start, _)): started(start, operationLocation: location, at: now)
        case (.operations(let operations), .locating(let search)):
            located(operations, search, serviceDate: serviceDate, at: now)
        case (.operation(let operation), .copying(let copying)): polled(operation, copying, at: now)
        case (.target(let item), .watching(let watch)): watched(item, watch, serviceDate: serviceDate, at: now)
        case (.target(let item), .verifying(let watch)): verified(item, watch, at: now)
        case (.target(let item), .cleaning(let cleaning)): looked(item, cleaning, serviceDate: serviceDate, at: now)
        case (.targetDeleted, .cleaning(let cleaning)): deleted(cleaning, at: now)
        case (.source, _), (.targetInfo, _), (.target, _), (.authorized, _), (.copyStarted, _), (.operation, _),
            (.operations, _), (.targetDeleted, _):
            preconditionFailure("an answer to a call that \(phase.rawValue) did not ask for")
        }
    }

    mutating func failed(_ failure: CallFailure, at now: Timestamp) -> Action {
        switch state {
        case .requested, .reserving, .authorizable, .authorized: .wait(record.pause(after: failure, at: now))
        case .inspecting(let question): inspectionFailed(failure, question, at: now)
        case .replacing(let removal): replacingFailed(failure, removal, at: now)
        case .authorizing: authorizationFailed(failure, at: now)
        case .conflicting: conflictFailed(failure, at: now)
        case .starting(let start, _): startFailed(failure, start, at: now)
        case .locating(let search): locatingFailed(failure, search, at: now)
        case .copying(let copying): pollFailed(failure, copying, at: now)
        case .watching, .verifying: lookFailed(failure, at: now)
        case .cleaning(let cleaning): cleaningFailed(failure, cleaning, at: now)
        case .ended(let conclusion): .finish(conclusion)
        }
    }
}
