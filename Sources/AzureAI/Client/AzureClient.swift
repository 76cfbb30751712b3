package import CopyDomain
package import Logging

/// Azure behind one door: budgets, credentials, requests, answers, and what went wrong.
package struct AzureClient: AzureCalling {
    let access: [ResourceName: ResourceAccess]
    private let paces: [ResourceName: ResourcePace]
    let credentials: [ResourceName: ResourceCredential]
    let http: any HTTPSending
    let timeline: Timeline
    let wallClock: @Sendable () -> Timestamp
    let timeout: Duration
    let userAgent: String
    let logger: Logger

    /// - Parameters:
    ///   - access: credentials and budgets by resource.
    ///   - clock: for budgets, pauses and the life of tokens.
    ///   - wallClock: for Retry-After dates.
    ///   - timeout: of one HTTP exchange. Some took more than 10 s (azure-copy-apis.md 4).
    ///   - random: at least 0 and less than 1, to spread renewals of tokens.
    ///   - userAgent: e.g. `azure-copy-worker/1.0`.
    package init(
        access: [ResourceName: ResourceAccess],
        http: any HTTPSending,
        clock: any Clock<Duration>,
        wallClock: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable () -> Double = { 0.5 },
        timeout: Duration = .seconds(30),
        userAgent: String = "azure-copy-worker",
        logger: Logger
    ) {
        let timeline = Timeline(clock)
        self.access = access
        self.paces = access.mapValues { ResourcePace($0.budget, timeline: timeline) }
        var stores: [String: TokenStore] = [:]
        var credentials: [ResourceName: ResourceCredential] = [:]
        for (name, access) in access {
            let source: ResourceCredential.Source
            switch access.credential {
            case .key(let read): source = .key(read)
            case .entraID(let identity):
                let store =
                    stores[identity.name]
                    ?? TokenStore(
                        identity,
                        http: http,
                        timeline: timeline,
                        wallClock: wallClock,
                        random: random,
                        userAgent: userAgent,
                        logger: logger
                    )
                stores[identity.name] = store
                source = .tokens(store)
            }
            credentials[name] = ResourceCredential(name, source, timeline: timeline, logger: logger)
        }
        self.credentials = credentials
        self.http = http
        self.timeline = timeline
        self.wallClock = wallClock
        self.timeout = timeout
        self.userAgent = userAgent
        self.logger = logger
    }

    /// The budget that the polling timetable divides by; `nil` for a resource that is not configured.
    package func budget(of resource: ResourceName) -> ResourceBudget? {
        access[resource]?.budget
    }

    package func permit(_ call: CopyCall, plan: CopyPlan, within limit: Duration) async throws -> Permit? {
        let resource = plan.resource(call.side)
        let end = timeline.now() + limit
        let isGranted = try await paces[resource.name]?.turn(of: CallKind(call).budgetClass, within: limit)
        guard isGranted ?? true else { return nil }
        // A proof that cannot be had is told by `send`, which has a way to say so.
        guard let proof = try await proof(of: resource, within: end - timeline.now()) else { return nil }
        return Permit(proof: proof)
    }

    package func send(
        _ call: CopyCall,
        plan: CopyPlan,
        permit: Permit,
        sendBefore: SendBefore?
    ) async -> CallResult {
        do {
            let context = try await context(for: call, plan: plan, permit: permit, sendBefore: sendBefore)
            return try await answer(to: call, plan: plan, in: context)
        } catch {
            switch error {
            case .failed(let failure): return .failed(failure)
            case .tooLate: return .tooLate
            }
        }
    }

    private func context(
        for call: CopyCall,
        plan: CopyPlan,
        permit: Permit,
        sendBefore: SendBefore?
    ) async throws(CallEnd) -> CallContext {
        let resource = plan.resource(call.side)
        let proof: Proof
        if let taken = permit.proof {
            proof = try refusing { () throws(CallFailure) in try taken.get() }
        } else {
            proof = try await self.proof(of: resource)
        }
        return CallContext(
            kind: CallKind(call),
            item: plan.request.kind,
            resource: resource,
            apiVersion: plan.request.apiVersion,
            requestID: plan.request.id.rawValue,
            proof: proof,
            userAgent: userAgent,
            timeout: timeout,
            sendBefore: sendBefore
        )
    }

    private func answer(
        to call: CopyCall,
        plan: CopyPlan,
        in context: CallContext
    ) async throws(CallEnd) -> CallResult {
        switch call {
        case .formRecognizer(.listTargetModels):
            let (models, date) = try await targetModels(of: plan, in: context)
            return .answered(.formRecognizer(.targetModels(models)), serviceDate: date)
        case .formRecognizer(let call):
            let request = try refusing { () throws(CallFailure) in
                try FormRecognizerRequests.request(for: call, plan: plan, in: context)
            }
            let reader = reader(for: context, secrets: call.secrets)
            let response = try await exchange(request, in: context, reading: reader)
            let answer = try refusing { () throws(CallFailure) in
                try FormRecognizerAnswers.answer(to: call, from: response, reading: reader)
            }
            return .answered(
                .formRecognizer(answer),
                serviceDate: response.serviceDate,
                receipt: reader.receipt(response)
            )
        case .documentIntelligence(.listOperations(let moment)):
            let (operations, date) = try await operations(since: moment, of: plan, in: context)
            return .answered(.documentIntelligence(.operations(operations)), serviceDate: date)
        case .documentIntelligence(let call):
            let request = try refusing { () throws(CallFailure) in
                try DocumentIntelligenceRequests.request(for: call, plan: plan, in: context)
            }
            let reader = reader(for: context, secrets: call.secrets)
            let response = try await exchange(request, in: context, reading: reader)
            let answer = try refusing { () throws(CallFailure) in
                try DocumentIntelligenceAnswers.answer(
                    to: call,
                    plan: plan,
                    from: response,
                    in: context,
                    reading: reader
                )
            }
            return .answered(
                .documentIntelligence(answer),
                serviceDate: response.serviceDate,
                receipt: reader.receipt(response)
            )
        case .customVision(.measureProject(let id, _)):
            let (measure, date) = try await measure(ofProject: id, in: context)
            return .answered(.customVision(.measured(measure)), serviceDate: date)
        case .customVision(let call):
            let request = try refusing { () throws(CallFailure) in
                try CustomVisionRequests.request(for: call, in: context)
            }
            let reader = reader(for: context, secrets: call.secrets)
            let response = try await exchange(request, in: context, reading: reader)
            let answer = try refusing { () throws(CallFailure) in
                try CustomVisionAnswers.answer(to: call, from: response, reading: reader)
            }
            return .answered(
                .customVision(answer),
                serviceDate: response.serviceDate,
                receipt: reader.receipt(response)
            )
        }
    }

    func pace(of resource: ResourceName) -> ResourcePace? {
        paces[resource]
    }

    func reader(for context: CallContext, secrets: [Secret]) -> AnswerReader {
        AnswerReader(
            kind: context.kind,
            label: context.label,
            resource: context.resource.name,
            redaction: Redaction([context.proof.secret] + secrets),
            now: wallClock()
        )
    }
}

/// Why a call ended without an answer.
enum CallEnd: Error {
    case failed(CallFailure)
    case tooLate
}

/// Runs a pure function whose failures end the call.
func refusing<Value>(_ body: () throws(CallFailure) -> Value) throws(CallEnd) -> Value {
    do {
        return try body()
    } catch {
        throw .failed(error)
    }
}

extension CopyPlan {
    fileprivate func resource(_ side: CallSide) -> FrozenResource {
        switch side {
        case .source: source
        case .target: target
        }
    }
}

extension FormRecognizerCall {
    /// What must not show up in an error.
    fileprivate var secrets: [Secret] {
        switch self {
        case .startCopy(let grant): [grant.accessToken]
        case .getSourceModel, .getTargetSummary,
            .authorizeCopy, .getCopyResult, .getTargetModel, .listTargetModels, .deleteTargetModel:
            []
        }
    }
}

extension DocumentIntelligenceCall {
    /// What must not show up in an error.
    fileprivate var secrets: [Secret] {
        switch self {
        case .startCopy(let grant): [grant.accessToken, grant.body]
        case .getSource, .getTargetInfo, .getTarget, .authorizeCopy, .getOperation, .listOperations, .deleteTarget: []
        }
    }
}

extension CustomVisionCall {
    /// What must not show up in an error.
    fileprivate var secrets: [Secret] {
        switch self {
        case .importProject(let token, _): [token]
        case .measureProject,
            .getSourceProject, .listSourceProjects, .exportProject, .getTargetProject, .listTargetProjects,
            .renameTargetProject, .deleteTargetProject:
            []
        }
    }
}
