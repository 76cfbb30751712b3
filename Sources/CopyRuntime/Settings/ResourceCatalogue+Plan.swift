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
        let target = try resource(submitted.targetResource, at: "target.resource", of: submitted)
        let route = Route(
            source: submitted.source.resource,
            target: submitted.targetResource,
            kinds: [submitted.kind]
        )
        guard allows(route) else {
            throw submitted.rejection(
                .routeNotAllowed,
                "no route allows \(submitted.kind.rawValue) from \(route.source.rawValue) to "
                    + "\(route.target.rawValue); add one under `routes` in the worker's configuration"
            )
        }
        let version = try version(of: submitted, source: source)
        let limit = settings.deadlines[submitted.kind] ?? .seconds(3600)
        return CopyPlan(
            request: CopyRequest(
                id: submitted.id,
                source: submitted.source,
                target: CopyTarget(resource: submitted.targetResource, name: submitted.targetName),
                apiVersion: version,
                deadline: submitted.deadline
            ),
            source: source.frozen,
            target: target.frozen,
            acceptedAt: now,
            deadline: submitted.deadline ?? now + limit,
            limits: settings.limits
        )
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

extension SubmittedRequest {
    func rejection(_ code: RejectionCode, _ message: String, field: String? = nil) -> Rejection {
        Rejection(code, message, field: field, requestID: id, kind: kind, targetResource: targetResource)
    }
}
