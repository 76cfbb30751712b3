@testable import CopyDomain

/// A target resource with models, reservations and strangers who use it too, and a source resource with operations.
///
/// A reservation is hidden, lasts an hour and is freed by a delete; a model is hidden until it is ready.
struct SimulatedDocumentIntelligence: SimulatedAzure {
    typealias Machine = DocumentIntelligenceMachine

    enum Maker: Equatable {
        case run, stranger
    }

    /// What bears the target's id: at most one thing.
    enum Holder: Equatable {
        case reservation(Maker, token: String, until: Timestamp)
        case model(Maker, documentTypes: Int)

        var maker: Maker {
            switch self {
            case .reservation(let maker, _, _), .model(let maker, _): maker
            }
        }
    }

    struct Operation {
        let id: String
        let token: String
        let startedAt: Timestamp
        let endsAt: Timestamp
        let result: Result<Int, CallFailure>
        /// The copy makes its target even if its reservation was deleted meanwhile.
        let isStubborn: Bool
        var isOver = false
        var isFailed = false
    }

    /// When others come by and take the id, if it is free then.
    struct Strangers {
        var modelAt: Timestamp?
        var reservationAt: Timestamp?
    }

    let skew: Duration
    private(set) var violations: [String] = []
    private(set) var holder: Holder?
    private var strangers: Strangers
    private let mayReplace: Bool
    private var operations: [Operation] = []
    private var used: [String] = []
    private var authorizations = 0
    /// Calls whose sender gave up before they arrived.
    private var delayed: [(call: DocumentIntelligenceCall, at: Timestamp)] = []
    private var now = noon

    static let documentTypes = 2

    init(skew: Duration, policy: ConflictPolicy, using generator: inout SeededGenerator) {
        self.skew = skew
        mayReplace = policy == .replace
        strangers = Strangers()
        switch generator.seconds(0...10).components.seconds {
        case 0: holder = .model(.stranger, documentTypes: 5)
        case 1: holder = .reservation(.stranger, token: "stranger", until: noon + generator.seconds(1...3600))
        case 2: strangers.modelAt = noon + generator.seconds(0...60)
        case 3: strangers.reservationAt = noon + generator.seconds(0...60)
        default: break
        }
    }

    var finished: [String] {
        if case .model(.run, _) = holder { ["target-1"] } else { [] }
    }

    /// What the run may call its success.
    func isWhole(alreadyThere: Bool) -> Bool {
        switch holder {
        // A copy that was given up may have come true, and be found there.
        case .model(.run, let documentTypes): documentTypes == Self.documentTypes
        case .model(.stranger, _): alreadyThere
        case .reservation, nil: false
        }
    }

    static func hasSideEffect(_ call: DocumentIntelligenceCall) -> Bool { call.hasSideEffect }

    func tells(_ call: DocumentIntelligenceCall, fateOf lost: DocumentIntelligenceCall) -> Bool {
        switch (call, lost) {
        case (.listOperations, .startCopy), (.getTarget, .deleteTarget): true
        case (_, _): false
        }
    }

    /// Azure itself refuses the second authorization, and the second use of one.
    func mayRepeat(_ call: DocumentIntelligenceCall) -> Bool {
        switch call {
        case .authorizeCopy, .startCopy: true
        case .deleteTarget, .getSource, .getTargetInfo, .getTarget, .getOperation, .listOperations: false
        }
    }

    mutating func advance(to now: Timestamp) {
        let due = delayed.filter { $0.at <= now }
        delayed.removeAll { $0.at <= now }
        for late in due {
            var generator = SeededGenerator(seed: UInt64(bitPattern: late.at.milliseconds))
            settle(at: late.at)
            _ = carryOut(late.call, at: late.at, using: &generator)
        }
        settle(at: now)
    }

    private mutating func settle(at now: Timestamp) {
        self.now = now
        if case .reservation(_, _, let until) = holder, until <= now, !isBusy { holder = nil }
        for index in operations.indices where !operations[index].isOver && operations[index].endsAt <= now {
            operations[index].isOver = true
            let operation = operations[index]
            guard case .success(let documentTypes) = operation.result,
                holds(operation.token) || (operation.isStubborn && holder == nil)
            else {
                operations[index].isFailed = true
                continue
            }
            holder = .model(.run, documentTypes: documentTypes)
        }
        if let at = strangers.modelAt, at <= now, holder == nil {
            strangers.modelAt = nil
            holder = .model(.stranger, documentTypes: 5)
        }
        if let at = strangers.reservationAt, at <= now, holder == nil {
            strangers.reservationAt = nil
            holder = .reservation(.stranger, token: "stranger", until: now + .seconds(3600))
        }
    }

    /// A copy into the reservation is under way.
    private var isBusy: Bool {
        guard case .reservation(_, let token, _) = holder else { return false }
        return operations.contains { $0.token == token && !$0.isOver }
    }

    mutating func serve(
        _ call: DocumentIntelligenceCall,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) -> Result<DocumentIntelligenceAnswer, CallFailure> {
        advance(to: now)
        return carryOut(call, at: now, using: &generator)
    }

    private mutating func carryOut(
        _ call: DocumentIntelligenceCall,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) -> Result<DocumentIntelligenceAnswer, CallFailure> {
        switch call {
        case .getSource: return .success(.source(item("source-1", documentTypes: Self.documentTypes)))
        case .getTargetInfo: return .success(.targetInfo(ResourceRoom(count: 3, limit: 500)))
        case .getTarget:
            guard case .model(_, let documentTypes) = holder else { return .success(.target(nil)) }
            return .success(.target(item(documentTypes: documentTypes)))
        case .authorizeCopy: return authorize(at: now)
        case .startCopy(let grant): return start(grant, at: now, using: &generator)
        case .getOperation(let location):
            guard let operation = operations.first(where: { operationLocation($0.id) == location }),
                !generator.happens(2)
            else { return .failure(failure(.refused, .unexpectedAnswer, status: 404)) }
            return .success(.operation(shown(operation)))
        case .listOperations:
            return .success(.operations(operations.reversed().map(shown)))
        case .deleteTarget: return delete()
        }
    }

    private mutating func authorize(at now: Timestamp) -> Result<DocumentIntelligenceAnswer, CallFailure> {
        guard holder == nil else { return .failure(failure(.refused, .targetIDTaken, status: 409)) }
        authorizations += 1
        let token = "token-\(authorizations)"
        holder = .reservation(.run, token: token, until: now + .seconds(3600))
        return .success(.authorized(intelligenceGrant(token, expires: now + .seconds(3600))))
    }

    private mutating func start(
        _ grant: DocumentIntelligenceGrant,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) -> Result<DocumentIntelligenceAnswer, CallFailure> {
        let token = grant.accessToken.reveal()
        if now >= grant.expires { return .failure(failure(.refused, .authorizationExpired, status: 403)) }
        let isUsed = used.contains(token)
        // A used authorization is refused at once or by an operation that fails.
        if isUsed, generator.happens(50) { return .failure(failure(.refused, .requestRefused, status: 400)) }
        guard isUsed || holds(token) else { return .failure(failure(.refused, .authorizationExpired, status: 403)) }
        used.append(token)
        let id = "operation-\(operations.count + 1)"
        let length = generator.happens(10) ? generator.seconds(100...900) : generator.seconds(1...10)
        operations.append(
            Operation(
                id: id,
                token: token,
                startedAt: now,
                endsAt: now + (isUsed ? .zero : length),
                result: isUsed ? .failure(failure(.refused, .targetMismatch)) : result(using: &generator),
                isStubborn: generator.happens(20)
            )
        )
        settle(at: now)
        return .success(.copyStarted(operationLocation: operationLocation(id)))
    }

    private func holds(_ token: String) -> Bool {
        if case .reservation(.run, token, _) = holder { true } else { false }
    }

    private func result(using generator: inout SeededGenerator) -> Result<Int, CallFailure> {
        if generator.happens(75) { return .success(Self.documentTypes) }
        if generator.happens(20) { return .success(1) }
        let failures = [
            failure(.notDone(retryAfter: nil), .copyFailed), failure(.refused, .targetMismatch),
            failure(.refused, .dataProtection),
        ]
        return .failure(failures.randomElement(using: &generator) ?? failures[0])
    }

    private func shown(_ operation: Operation) -> DocumentIntelligenceOperation {
        let status: DocumentIntelligenceOperation.Status =
            operation.isFailed ? .failed : operation.isOver ? .succeeded : .running
        var told: CallFailure?
        if case .failure(let failure) = operation.result, operation.isFailed { told = failure }
        return CopyDomainTests.operation(
            status,
            id: operation.id,
            created: operation.startedAt + skew,
            failure: told
        )
    }

    /// A delete that arrives late finds what the run has made since, at worst; a stranger's only by `replace`.
    private mutating func delete() -> Result<DocumentIntelligenceAnswer, CallFailure> {
        if let holder, holder.maker == .stranger {
            switch holder {
            case .model where !mayReplace: violations.append("a stranger's model was deleted")
            case .model, .reservation: break
            }
        }
        holder = nil
        return .success(.targetDeleted)
    }

    mutating func delay(
        _ call: DocumentIntelligenceCall,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) {
        switch call {
        case .authorizeCopy, .startCopy:
            if generator.happens(30) { delayed.append((call, now + generator.seconds(0...5))) }
        case .deleteTarget:
            if generator.happens(30) { delayed.append((call, now + generator.seconds(0...45))) }
        case .getSource, .getTargetInfo, .getTarget, .getOperation, .listOperations: break
        }
    }

    mutating func pay(_ obligation: Obligation) {
        switch obligation.subject {
        case .model, .reservation: if holder?.maker == .run { holder = nil }
        case .emptyModel, .project, .projectName: violations.append("an obligation of another family")
        }
    }

    func unexplained(by obligations: [Obligation], targetID: String?) -> [String] {
        guard case .model(.run, _) = holder, targetID == nil else { return [] }
        return obligations.contains { $0.subject == .model(id: "target-1") } ? [] : ["target-1"]
    }

    /// Whether what the run has under the id, if anything, is its success or named by it.
    func isNamed(by conclusion: Conclusion?, or obligations: [Obligation]) -> Bool {
        guard conclusion?.success == nil, holder?.maker == .run else { return true }
        let subjects: [ObligationSubject] = [.model(id: "target-1"), .reservation(id: "target-1")]
        return obligations.contains { subjects.contains($0.subject) }
    }

    func notLookedAt(beforeSuccessOf targetID: String) -> [String] { [] }
}
