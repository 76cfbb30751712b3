package import CopyContract
package import CopyDomain

extension ResourceCatalogue {
    /// What a submitted request means with these resources and routes.
    ///
    /// - Parameter now: when the request was accepted; a request without a deadline gets one from here.
    package func plan(
        for submitted: SubmittedRequest,
        settings: WorkerSettings,
        now: Timestamp
    ) throws(Rejection) -> CopyPlan {
        let source = try resource(submitted.source.resource, at: "source.resource", of: submitted)
        let target = try resource(submitted.target.resource, at: "target.resource", of: submitted)
        let route = Route(
            source: submitted.source.resource,
            target: submitted.target.resource,
            kinds: [submitted.kind]
        )
        guard allows(route) else {
            throw submitted.rejection(
                .routeNotAllowed,
                "no route allows \(submitted.kind.rawValue) from \(route.source.rawValue) to "
                    + "\(route.target.rawValue); add one under `routes` in the worker's configuration"
            )
        }
        let request = try submitted.spoken(in: try version(of: submitted, source: source))
        try checkReplacing(request, submitted, source: source, target: target)
        return CopyPlan(
            request: request,
            source: source.frozen,
            target: target.frozen,
            acceptedAt: now,
            deadline: submitted.deadline ?? now + settings.time(for: request),
            limits: settings.limits
        )
    }

    /// A copy onto its own source is a mistake, and with `replace` it would delete the source.
    private func checkReplacing(
        _ request: CopyRequest,
        _ submitted: SubmittedRequest,
        source: Resource,
        target: Resource
    ) throws(Rejection) {
        guard let id = request.target.id else { return }
        let isSameResource =
            source.frozen.armID.lowercased() == target.frozen.armID.lowercased()
            || source.frozen.endpoint.lowercased() == target.frozen.endpoint.lowercased()
        if isSameResource, case .id(let sourceID) = request.source.item,
            sourceID.rawValue.lowercased() == id.rawValue.lowercased()
        {
            throw submitted.rejection(
                .invalidField,
                "target.id: is the source itself; name another id to copy within one resource",
                field: "target.id"
            )
        }
        guard request.onConflict != .replace || target.allowsReplacing else {
            throw submitted.rejection(
                .replaceNotAllowed,
                "onConflict: the resource \"\(target.frozen.name.rawValue)\" does not allow replace",
                field: "onConflict"
            )
        }
    }

    private func resource(
        _ name: ResourceName,
        at field: String,
        of submitted: SubmittedRequest
    ) throws(Rejection) -> Resource {
        guard let resource = resources[name] else {
            throw submitted.rejection(
                .unknownResource,
                "\(field): the worker's configuration has no resource \"\(name.rawValue)\"",
                field: field
            )
        }
        return resource
    }

    private func allows(_ wanted: Route) -> Bool {
        routes.contains { route in
            route.source == wanted.source && route.target == wanted.target && route.kinds.isSuperset(of: wanted.kinds)
        }
    }

    private func version(of submitted: SubmittedRequest, source: Resource) throws(Rejection) -> APIVersion {
        guard let version = submitted.apiVersion ?? source.apiVersions[submitted.kind] else {
            throw submitted.rejection(
                .missingField,
                "apiVersion: neither the request nor the resource \"\(submitted.source.resource.rawValue)\" names one "
                    + "for \(submitted.kind.rawValue)",
                field: "apiVersion"
            )
        }
        return version
    }
}

extension WorkerSettings {
    fileprivate func time(for request: CopyRequest) -> Duration {
        switch request.purpose {
        case .copy: deadlines[request.kind] ?? .seconds(3600)
        case .check: checkDeadline
        }
    }
}
