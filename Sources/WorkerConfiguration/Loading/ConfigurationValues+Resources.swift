import AzureAI
import CopyDomain
import CopyRuntime

extension ConfigurationValues {
    /// Resources and routes, and the environment variables that hold the resources' keys.
    mutating func resources(
        allowPlainHTTP: Bool,
        identities: [String: EntraIdentity]
    ) -> (catalogue: ResourceCatalogue, access: [ResourceName: ResourceAccess], variables: Set<String>) {
        let names = outline.names["resources", default: []].filter { checkName($0, section: "resources") }
        var catalogue = ResourceCatalogue(resources: [:], routes: [])
        var access: [ResourceName: ResourceAccess] = [:]
        var variables: Set<String> = []
        let kinds = kindsByResource()
        for name in names {
            guard let resourceName = ResourceName(rawValue: name) else { continue }
            let frozen = frozen(resourceName, allowPlainHTTP: allowPlainHTTP)
            let credential = credential(of: name, endpoint: frozen.endpoint, identities, variables: &variables)
            var versions: [CopyKind: APIVersion] = [:]
            for (kind, key) in Keys.Resource.apiVersions {
                versions[kind] = choice(key, of: APIVersion.self, named: name) { $0.kinds.contains(kind) }
            }
            catalogue.resources[resourceName] = ResourceCatalogue.Resource(
                frozen: frozen,
                apiVersions: versions,
                maxInFlight: wholeNumber(Keys.Resource.maxInFlight, named: name),
                allowsReplacing: flag(Keys.Resource.allowReplace, named: name)
            )
            let used = kinds[name, default: []].union(versions.keys)
            let budget = budget(name, copiesProjects: used.contains(.visionProject))
            access[resourceName] = credential.map {
                ResourceAccess(endpoint: frozen.endpoint, credential: $0, budget: budget)
            }
        }
        if names.isEmpty {
            report(
                section: ["resources"],
                "there are none",
                advice: "Add the Azure resources that may be named in requests."
            )
        }
        catalogue.routes = routes(among: names)
        return (catalogue, access, variables)
    }

    // MARK: - A resource

    private mutating func frozen(_ name: ResourceName, allowPlainHTTP: Bool) -> FrozenResource {
        FrozenResource(
            name: name,
            endpoint: endpoint(name.rawValue, allowPlainHTTP: allowPlainHTTP),
            armID: armID(name.rawValue),
            region: region(name.rawValue)
        )
    }

    private mutating func endpoint(_ name: String, allowPlainHTTP: Bool) -> String {
        guard let text = text(Keys.Resource.endpoint, named: name) else { return "" }
        do throws(EndpointURL.Fault) {
            let endpoint = try EndpointURL(text)
            if endpoint.isPlain, !endpoint.isLoopback, !allowPlainHTTP {
                report(
                    Keys.Resource.endpoint,
                    named: name,
                    "is plain http: the resource's key would travel in the clear",
                    advice: "Write https://, or set azure.allowPlainHTTP for an emulator."
                )
            }
            return endpoint.text
        } catch {
            report(
                Keys.Resource.endpoint,
                named: name,
                error.rawValue,
                advice: "Copy it from the resource's page \"Keys and Endpoint\" in the Azure portal."
            )
            return ""
        }
    }

    private mutating func armID(_ name: String) -> String {
        guard let text = text(Keys.Resource.armID, named: name) else { return "" }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let fixed = [
            "", "subscriptions", nil, "resourcegroups", nil, "providers", "microsoft.cognitiveservices", "accounts",
            nil,
        ]
        let isValid =
            parts.count == fixed.count
            && zip(parts, fixed).allSatisfy { part, word in
                word.map { part.lowercased() == $0 }
                    ?? (!part.isEmpty && part.utf8.allSatisfy { (0x21..<0x7F).contains($0) })
            }
        if !isValid {
            report(
                Keys.Resource.armID,
                named: name,
                "is no resource id of an Azure AI account",
                advice:
                    "Copy it from the resource's page \"Properties\" in the Azure portal: \(Keys.Resource.armID.meaning)."
            )
        }
        return text
    }

    /// Azure compares this with the resource's own, letter by letter (azure-copy-apis.md 1).
    private mutating func region(_ name: String) -> String {
        guard let text = text(Keys.Resource.region, named: name) else { return "" }
        let isShort = text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        if !isShort {
            let likely = text.lowercased().filter { !$0.isWhitespace }
            report(
                Keys.Resource.region,
                named: name,
                "\"\(text)\" is no region's short name",
                advice: "Write e.g. \(likely.allSatisfy { $0.isLetter || $0.isNumber } ? likely : "westus2")."
            )
        }
        return text
    }

    private mutating func budget(_ name: String, copiesProjects: Bool) -> ResourceBudget {
        let standard: ResourceBudget = copiesProjects ? .customVision : .formRecognizer
        let status = number(Keys.Resource.statusCalls, named: name, default: standard.statusCalls)
        let management = number(Keys.Resource.managementCalls, named: name, default: standard.managementCalls)
        let list = number(Keys.Resource.listCalls, named: name, default: standard.listCalls)
        let all = number(Keys.Resource.allCalls, named: name, default: standard.allCalls)
        let share = number(Keys.Resource.share, named: name) ?? 1
        return ResourceBudget(
            statusCalls: (status ?? standard.statusCalls) * share,
            managementCalls: (management ?? standard.managementCalls) * share,
            listCalls: (list ?? standard.listCalls) * share,
            allCalls: all.map { $0 * share }
        )
    }

    // MARK: - Routes

    private mutating func routes(among resources: [String]) -> Set<ResourceCatalogue.Route> {
        let names = outline.names["routes", default: []].filter { checkName($0, section: "routes") }
        var routes: Set<ResourceCatalogue.Route> = []
        for name in names {
            let source = resource(Keys.Route.source, ofRoute: name, among: resources)
            let target = resource(Keys.Route.target, ofRoute: name, among: resources)
            let words = list(Keys.Route.kinds, named: name)
            var kinds: Set<CopyKind> = []
            for word in words {
                if let kind = CopyKind(rawValue: word) {
                    kinds.insert(kind)
                } else {
                    report(
                        Keys.Route.kinds,
                        named: name,
                        "unknown kind \"\(word.prefix(60))\"",
                        advice: "Write some of \(CopyKind.allCases.map(\.rawValue).joined(separator: ", "))."
                    )
                }
            }
            if words.isEmpty, !isReported(Keys.Route.kinds, named: name) {
                report(
                    Keys.Route.kinds,
                    named: name,
                    "allows nothing",
                    advice: "Write some of \(CopyKind.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            if let source, let target {
                routes.insert(ResourceCatalogue.Route(source: source, target: target, kinds: kinds))
            }
        }
        if names.isEmpty {
            report(
                section: ["routes"],
                "there are none: every request would be refused",
                advice: "Add a route with from, to and kinds for every pair of resources."
            )
        }
        return routes
    }

    private mutating func resource(
        _ key: ConfigurationKey,
        ofRoute name: String,
        among resources: [String]
    ) -> ResourceName? {
        guard let text = text(key, named: name) else { return nil }
        guard resources.contains(text) else {
            let near = Suggestion.nearest(to: text, among: resources)
            report(
                key,
                named: name,
                "\"\(text.prefix(63))\" is no resource of this configuration",
                advice: near.map { "Did you mean \($0)?" } ?? "Add it under resources, or name another."
            )
            return nil
        }
        return ResourceName(rawValue: text)
    }

    /// What the routes copy with each resource, read before the routes themselves are checked: it decides budgets.
    private func kindsByResource() -> [String: Set<CopyKind>] {
        var scan = self
        var kinds: [String: Set<CopyKind>] = [:]
        for name in outline.names["routes", default: []] {
            let allowed = scan.list(Keys.Route.kinds, named: name).compactMap(CopyKind.init)
            for key in [Keys.Route.source, Keys.Route.target] {
                if let resource = scan.text(key, named: name) { kinds[resource, default: []].formUnion(allowed) }
            }
        }
        return kinds
    }

    mutating func checkName(_ name: String, section: String) -> Bool {
        if ResourceName(rawValue: name) != nil { return true }
        report(
            section: [section, name],
            "is no name",
            advice: "Write 1 to 63 small letters, digits and -."
        )
        return false
    }
}
