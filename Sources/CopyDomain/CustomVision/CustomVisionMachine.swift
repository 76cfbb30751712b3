/// The Custom Vision project copy (azure-copy-apis.md 7).
///
///     requested -> inspecting -> reserving -> measuring -> exporting -> importing -> copying -> verifying
///                                                                          | lost       | failed
///                                                                      searching    weighing
///     verifying -> [sweeping] -> renaming -> ended
///                                    | lost
///                                comparing
///
/// Whatever is to be undone goes through `cleaning`, and from there to another export and import or to the end. An
/// import runs under a name that only this request and attempt use; a name under which an import was lost is looked
/// for once more (`sweeping`) before the run ends in any way.
///
/// What a deadline or a cancel does depends on where the run stands:
/// - before an import was sent, the run ends at once, or after sweeping when an earlier import was lost;
/// - a running import is polled on, and a lost one searched for, for at most the grace; what is found is deleted
///   whatever became of it; after the grace the outcome says what was left behind, and an obligation remains;
/// - a project that has been imported is given its name on a deadline, because a new request would only make it again;
///   on a cancel it is deleted.
package struct CustomVisionMachine: FamilyMachine, Codable, Equatable, Sendable {
    typealias Action = MachineAction<CustomVisionCall>

    /// How long a project that was just imported may be unknown to its resource.
    static let projectAppears: Duration = .seconds(30)
    /// How often in a row a project that was there may not be shown while its renaming is looked after.
    static let absencesBorne = 6
    /// How long counts may lag behind the word that an import has succeeded: until then what a copy lacks is counted
    /// again, because it would be deleted for it.
    static let countsSettle: Duration = .seconds(30)
    /// The pause between such counts.
    static let countPause: Duration = .seconds(5)
    /// An import token that runs out within this is not used any more.
    static let expiryMargin: Duration = .seconds(60)
    /// How long an import token lives when it does not say so (azure-copy-apis.md 7.3).
    static let tokenLife: Duration = .seconds(24 * 3600)
    /// How often an import may fail, get stuck or be incomplete: Azure gives no reason, so it is tried once more.
    static let failedImportsBorne = 1

    package let plan: CopyPlan
    /// What the service last said about the imported project.
    package internal(set) var azureStatus: String?
    var state: State = .requested
    var record = RunRecord()
    var preflight = Preflight()
    /// Imports that failed, got stuck or were incomplete.
    var failedImports = 0
    /// Names under which an import was sent whose answer was lost, in the order of the attempts.
    var openNames: [String] = []

    package init(_ plan: CopyPlan) {
        self.plan = plan
    }

    package var obligations: [Obligation] { record.obligations }
    package var targetIDs: [String] { record.targetIDs }

    package var phase: Phase {
        switch state {
        case .requested: .requested
        case .inspecting: .inspecting
        case .reserving: .waiting
        case .measuring, .exporting: .exporting
        case .exported, .importing: .importing
        case .searching, .comparing: .reconciling
        case .copying: .copying
        case .verifying: .verifying
        case .sweeping(let sweep): sweep.isKeeping ? .verifying : .cleaning
        case .renamable, .renaming: .renaming
        case .weighing, .cleaning: .cleaning
        case .ended: .ended
        }
    }

    var conclusion: Conclusion? {
        guard case .ended(let conclusion) = state else { return nil }
        return conclusion
    }

    mutating func reserved(at now: Timestamp) -> Action {
        if case .reserving(let source) = state { return measure(source) }
        return withinGrace(proceed(at: now), at: now)
    }

    /// Whether an answer means progress: where a lost call is looked after, only what is seen tells.
    var endsTrouble: Bool {
        switch state {
        case .comparing, .cleaning: false
        case .requested, .inspecting, .reserving, .measuring, .exporting, .exported, .importing, .searching, .copying,
            .weighing, .verifying, .sweeping, .renamable, .renaming, .ended:
            true
        }
    }

    /// What the state asks for by itself. A call that an intent names has an open fate here.
    mutating func proceed(at now: Timestamp) -> Action {
        switch state {
        case .requested: inspect(.source)
        case .inspecting(let question): inspect(question)
        case .reserving(let source): reserve(source)
        case .measuring(let source): .ask(.measureProject(id: source.id, side: .source))
        case .exporting(let original): export(original)
        case .exported(let offer): importUnlessExpired(offer, at: now)
        case .importing(let offer, _): search(for: offer, at: now)
        case .searching: .poll(.listTargetProjects)
        case .copying(let copying): .poll(.getTargetProject(id: copying.id))
        case .weighing(let remains): ask(remains)
        case .verifying(let verification): ask(verification)
        case .sweeping: .ask(.listTargetProjects)
        case .renamable(let imported): rename(imported, at: now)
        case .renaming(let imported, _), .comparing(let imported): compare(imported)
        case .cleaning(var cleaning): carryOn(cleaning.removal.proceed(at: now), cleaning, at: now)
        case .ended(let conclusion): .finish(conclusion)
        }
    }

    mutating func answered(
        _ answer: CustomVisionAnswer,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        switch (answer, state) {
        case (.project(let project), .inspecting(.source)): inspected(source: project)
        case (.projects(let projects), .inspecting(.source)): inspected(sources: projects)
        case (.projects(let projects), .inspecting(.target(let source))): inspected(targets: projects, for: source)
        case (.measured(let measure), .inspecting(.content)): inspected(content: measure)
        case (.measured(let measure), .measuring(let source)): measured(source, as: measure)
        case (.exported(let export), .exporting(let original)):
            exported(original, export, serviceDate: serviceDate, at: now)
        case (.imported(let project), .importing(let offer, _)): imported(project.id, offer, at: now)
        case (.projects(let projects), .searching(let search)): searched(projects, search, at: now)
        case (.project(let project), .copying(let copying)): polled(project, copying, at: now)
        case (.measured(let measure), .weighing(let remains)): weighed(measure, remains, at: now)
        case (.measured(let measure), .verifying(let verification)): verified(measure, verification, at: now)
        case (.projects(let projects), .sweeping(let sweep)): swept(projects, sweep, at: now)
        case (.renamed(let project), .renaming(let imported, _)): succeed(imported, name: project.name)
        case (.project(let project), .comparing(let imported)): compared(project, imported, at: now)
        case (.project(let project), .cleaning(let cleaning)): looked(project, cleaning, at: now)
        case (.deleted, .cleaning(let cleaning)): deleted(cleaning, at: now)
        case (.project, _), (.projects, _), (.measured, _), (.exported, _), (.imported, _), (.renamed, _),
            (.deleted, _):
            preconditionFailure("an answer to a call that \(phase.rawValue) did not ask for")
        }
    }

    mutating func failed(_ failure: CallFailure, at now: Timestamp) -> Action {
        switch state {
        case .requested, .reserving, .exported, .renamable: .wait(record.pause(after: failure, at: now))
        case .inspecting(let question): inspectionFailed(failure, question, at: now)
        case .measuring(let source): measuringFailed(failure, source, at: now)
        case .exporting: readFailed(failure, at: now)
        case .importing(let offer, _): importFailed(failure, offer, at: now)
        case .searching: searchFailed(failure, at: now)
        case .copying(let copying): pollFailed(failure, copying, at: now)
        case .weighing(let remains): weighingFailed(failure, remains, at: now)
        case .verifying(let verification): verificationFailed(failure, verification, at: now)
        case .sweeping(let sweep): sweepFailed(failure, sweep, at: now)
        case .renaming(let imported, _): renameFailed(failure, imported, at: now)
        case .comparing(let imported): compareFailed(failure, imported, at: now)
        case .cleaning(let cleaning): cleaningFailed(failure, cleaning, at: now)
        case .ended(let conclusion): .finish(conclusion)
        }
    }
}
