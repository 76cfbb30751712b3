package import CopyContract

/// Which events somebody wants to see. An empty list lets everything through.
package struct EventFilter: Hashable, Sendable {
    package var ids: [String]
    package var kinds: [String]
    package var events: [EventName]
    /// Names of resources; an event passes if its source or its target is one of them.
    package var resources: [String]

    package init(ids: [String] = [], kinds: [String] = [], events: [EventName] = [], resources: [String] = []) {
        self.ids = ids
        self.kinds = kinds
        self.events = events
        self.resources = resources
    }

    package func matches(_ event: CopyEvent) -> Bool {
        passes(ids, event.requestID) && passes(kinds, event.kind) && (events.isEmpty || events.contains(event.event))
            && (resources.isEmpty || passes(resources, event.sourceResource) || passes(resources, event.targetResource))
    }

    private func passes(_ wanted: [String], _ value: String?) -> Bool {
        wanted.isEmpty || value.map(wanted.contains) ?? false
    }

    /// Topic patterns of `copy.<kind>.<event>.<target>` that let at least the matching events through, so that the
    /// broker does not send what would be thrown away.
    package var routingKeys: [String] {
        guard !kinds.isEmpty || !events.isEmpty else { return ["copy.#"] }
        let kinds = kinds.isEmpty ? ["*"] : kinds
        let events = events.isEmpty ? ["*"] : events.map(\.rawValue)
        return kinds.flatMap { kind in events.map { "copy.\(kind).\($0).*" } }
    }
}
