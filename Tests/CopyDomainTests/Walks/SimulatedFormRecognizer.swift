@testable import CopyDomain

/// A target resource with models and a source resource with copy results.
struct SimulatedFormRecognizer: SimulatedAzure {
    typealias Machine = FormRecognizerMachine

    struct Operation {
        let modelID: String
        let endsAt: Timestamp
        let succeeds: Bool
        /// The copy makes its target anew if it was deleted meanwhile.
        let isStubborn: Bool
        var isOver = false
    }

    let skew: Duration
    private(set) var violations: [String] = []
    private var models: [FormRecognizerModel] = []
    private var operations: [Operation] = []
    private var used: [String] = []
    /// When each model was last looked at.
    private var looks: [String: Timestamp] = [:]
    private var count = 0
    private var now = noon

    init(skew: Duration) {
        self.skew = skew
    }

    var finished: [String] { models.filter { $0.status == .ready }.map(\.id) }

    static func hasSideEffect(_ call: FormRecognizerCall) -> Bool { call.hasSideEffect }

    func tells(_ call: FormRecognizerCall, fateOf lost: FormRecognizerCall) -> Bool {
        switch (call, lost) {
        case (.getTargetModel(let seen), .deleteTargetModel(let id)): seen == id
        case (_, _): false
        }
    }

    func mayRepeat(_ call: FormRecognizerCall) -> Bool { call == .authorizeCopy }

    mutating func advance(to now: Timestamp) {
        self.now = now
        for index in operations.indices where !operations[index].isOver && operations[index].endsAt <= now {
            operations[index].isOver = true
            let operation = operations[index]
            guard operation.succeeds else { continue }
            if let place = models.firstIndex(where: { $0.id == operation.modelID }) {
                models[place] = model(operation.modelID, .ready)
            } else if operation.isStubborn {
                models.append(model(operation.modelID, .ready))
            }
        }
    }

    mutating func serve(
        _ call: FormRecognizerCall,
        at now: Timestamp,
        using generator: inout SeededGenerator
    ) -> Result<FormRecognizerAnswer, CallFailure> {
        advance(to: now)
        switch call {
        case .getSourceModel:
            return .success(.sourceModel(model("source-1")))
        case .getTargetSummary:
            return .success(.targetSummary(ResourceRoom(count: models.count, limit: 250)))
        case .authorizeCopy:
            count += 1
            let id = "model-\(count)"
            models.append(model(id, .creating, created: now + skew))
            return .success(.authorized(grant(id, expires: now + .seconds(24 * 3600))))
        case .startCopy(let grant):
            if used.contains(grant.modelID) {
                violations.append("an authorization was used twice: \(grant.modelID)")
                return .failure(failure(.refused, .requestRefused, status: 400, azureCode: "1002"))
            }
            used.append(grant.modelID)
            let length = generator.happens(10) ? generator.seconds(100...900) : generator.seconds(2...30)
            operations.append(
                Operation(
                    modelID: grant.modelID,
                    endsAt: now + length,
                    succeeds: generator.happens(75),
                    isStubborn: generator.happens(20)
                )
            )
            return .success(.copyStarted(operationLocation: "\(operations.count - 1)"))
        case .getCopyResult(let location):
            if generator.happens(2) { return .failure(failure(.refused, .unexpectedAnswer, status: 404)) }
            let operation = operations[Int(location) ?? 0]
            guard operation.isOver else { return .success(.copyResult(result(.running))) }
            if operation.succeeds { return .success(.copyResult(result(.succeeded))) }
            let code = ["2024", "InternalServerError"].randomElement(using: &generator)
            return .success(.copyResult(result(.failed, code: code)))
        case .getTargetModel(let id):
            looks[id] = now
            return .success(.targetModel(models.first { $0.id == id }))
        case .listTargetModels:
            return .success(.targetModels(models + models.suffix(1)))
        case .deleteTargetModel(let id):
            models.removeAll { $0.id == id }
            return .success(.targetModelDeleted)
        }
    }

    mutating func delay(_ call: FormRecognizerCall, at now: Timestamp, using generator: inout SeededGenerator) {}

    mutating func pay(_ obligation: Obligation) {
        guard case .model(let id) = obligation.subject else { return }
        models.removeAll { $0.id == id }
    }

    func unexplained(by obligations: [Obligation], targetID: String?) -> [String] {
        models.filter { left in
            left.id != targetID
                && !obligations.contains { obligation in
                    switch obligation.subject {
                    case .model(let id): id == left.id
                    case .emptyModel(let from, let to, let suspects):
                        left.status == .creating
                            && (suspects.contains(left.id) || isWithin(from, to, left.created))
                    case .project, .projectName, .reservation: false
                    }
                }
        }.map(\.id)
    }

    func notLookedAt(beforeSuccessOf targetID: String) -> [String] {
        guard let ready = operations.first(where: { $0.modelID == targetID })?.endsAt else { return [] }
        return operations.filter { operation in
            operation.succeeds && operation.modelID != targetID
                && looks[operation.modelID].map { $0 < ready } ?? true
        }.map(\.modelID)
    }

    /// A list that could not be read told nothing of the service's clock.
    private func isWithin(_ from: Timestamp, _ to: Timestamp, _ created: Timestamp?) -> Bool {
        guard let created else { return false }
        let tolerance = max(skew, .zero - skew)
        return from - tolerance <= created && created <= to + tolerance
    }
}
