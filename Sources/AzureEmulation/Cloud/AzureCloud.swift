/// The whole emulated Azure as one value: told of requests and moments, it answers.
struct AzureCloud: Sendable {
    var premises: Premises
    var faults: FaultBook
    var formRecognizer: FormRecognizerV2
    var documentIntelligence: DocumentIntelligence
    var customVision: CustomVision
    var entra: EntraDirectory?
    private var windows: [WindowKey: RateWindow] = [:]

    private struct WindowKey: Hashable {
        let resource: Int
        let budget: Call.Budget
    }

    init(_ configuration: EmulatorConfiguration, now: Moment) {
        var random = SplitMix64(seed: configuration.seed)
        let resources = configuration.resources.map {
            EmulatedResource($0, latency: configuration.latency, random: &random)
        }
        entra = configuration.entra.map { EntraDirectory($0, random: &random) }
        premises = Premises(resources: resources, copying: configuration.copy, random: random, ledger: Ledger())
        faults = FaultBook()
        formRecognizer = FormRecognizerV2(seeds: configuration.resources.map(\.models), now: now, in: &premises)
        documentIntelligence = DocumentIntelligence(resources: configuration.resources, now: now, in: &premises)
        customVision = CustomVision(seeds: configuration.resources.map(\.projects), now: now, in: &premises)
    }

    mutating func settle(until now: Moment) {
        formRecognizer.settle(until: now, in: &premises)
        documentIntelligence.settle(until: now, in: &premises)
        customVision.settle(until: now, in: &premises)
    }

    /// Takes a request in: counts it, checks what gateways check, and looks up which faults it meets.
    ///
    /// The request gets its id here.
    mutating func admit(_ request: inout EmulatedRequest) -> Admission {
        request.requestID = premises.random.guid()
        settle(until: request.arrival)
        guard let route = CloudRoute(request) else {
            note(request, as: .unknown)
            return .refused(.notFound)
        }
        note(request, as: route.call)
        guard !route.needsLength || request.statesLength else { return .refused(.lengthRequired) }
        let resource = resource(of: request)
        if let resource {
            if let denial = denial(of: request, on: route, at: resource) { return .refused(denial) }
            if let copy = copyPolled(by: route, at: request.resource) {
                premises.ledger.polled(copy, at: request.arrival)
            }
            guard admits(request, route.call.budget, by: resource) else {
                return .refused(route.answer(.throttled(retryAfter: 1)))
            }
        }
        let plan = faults.plan(
            for: FaultBook.Encounter(
                resource: resource?.name ?? EntraDirectory.name,
                call: route.call.name,
                clientRequestID: request.clientRequestID
            ),
            random: &premises.random
        )
        let latency = resource?.latency ?? Latency()
        let delay = max(0, premises.random.around(latency.milliseconds, spread: latency.spread))
        return .admitted(route, plan, latency: delay)
    }

    /// Does what an admitted request asks for.
    mutating func perform(
        _ route: CloudRoute,
        _ request: EmulatedRequest,
        steering: Steering,
        at now: Moment
    ) -> EmulatedAnswer {
        settle(until: now)
        switch route {
        case .formRecognizerV2(let route):
            let work = Work(route: route, request: request, steering: steering, now: now)
            return formRecognizer.answer(work, in: &premises)
        case .documentIntelligence(let route):
            let work = Work(route: route, request: request, steering: steering, now: now)
            return documentIntelligence.answer(work, in: &premises)
        case .customVision(let route):
            let work = Work(route: route, request: request, steering: steering, now: now)
            return customVision.answer(work, in: &premises)
        case .entra(let route):
            return entra?.answer(route, request, at: now, in: &premises) ?? .notFound
        }
    }

    /// The number under which requests name a resource or the directory.
    func number(of name: String) -> Int? {
        EntraDirectory.doorNames.contains(name)
            ? entra.map { _ in EntraDirectory.door }
            : premises.resource(named: name)
    }

    /// The resource that is called; nil for the directory.
    private func resource(of request: EmulatedRequest) -> EmulatedResource? {
        request.resource == EntraDirectory.door ? nil : premises.resources[request.resource]
    }

    /// What a caller without a valid key or token is told. A key counts before a token.
    private func denial(
        of request: EmulatedRequest,
        on route: CloudRoute,
        at resource: EmulatedResource
    ) -> EmulatedAnswer? {
        if let key = route.keyHeader.flatMap(request.header) {
            return resource.keys.contains(key) ? nil : .accessDenied
        }
        guard let bearer = request.bearer else { return .accessDenied }
        return resource.denial(of: entra?.token(bearer, at: request.arrival))
    }

    /// Takes out whatever has this id.
    mutating func remove(_ id: String, from resource: Int) -> Bool {
        var isKnown = formRecognizer.models[resource].removeValue(forKey: id.lowercased()) != nil
        isKnown = customVision.projects[resource].removeValue(forKey: id.lowercased()) != nil || isKnown
        for kind in DocumentKind.allCases where documentIntelligence.shelves[resource][kind, id] != nil {
            documentIntelligence.shelves[resource][kind, id] = nil
            isKnown = true
        }
        return isKnown
    }

    private mutating func note(_ request: EmulatedRequest, as call: Call) {
        premises.ledger.arrived(request, as: call, at: resource(of: request)?.name ?? EntraDirectory.name)
    }

    private func copyPolled(by route: CloudRoute, at resource: Int) -> CopyNumber? {
        switch route {
        case .formRecognizerV2(let route): formRecognizer.copyPolled(by: route, at: resource)
        case .documentIntelligence(let route): documentIntelligence.copyPolled(by: route, at: resource)
        case .customVision(let route): customVision.copyPolled(by: route, at: resource)
        case .entra: nil
        }
    }

    private mutating func admits(
        _ request: EmulatedRequest,
        _ budget: Call.Budget,
        by resource: EmulatedResource
    ) -> Bool {
        guard let allowance = resource.allowance(of: budget) else { return true }
        return windows[WindowKey(resource: request.resource, budget: budget), default: RateWindow()]
            .admits(at: request.arrival, allowance: allowance)
    }
}

/// What became of a request at the gateway.
enum Admission: Sendable {
    case refused(EmulatedAnswer)
    /// `latency` is in milliseconds.
    case admitted(CloudRoute, FaultPlan, latency: Double)
}
