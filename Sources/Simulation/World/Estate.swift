package import AzureEmulation
package import CopyDomain
package import CopyRuntime

/// The Azure resources of a play, as the emulator has them and as workers are configured for them.
package enum Estate {
    /// 2026-11-21T12:00:00Z: the wall time at which clocks stand at zero.
    package static let noon = Timestamp(milliseconds: 1_795_262_400_000)
    /// West is copied to east, north to south.
    package static let resources = ["west", "east", "north", "south"]
    package static let sources = ["west", "north"]
    package static let targets = ["east", "south"]

    package static let modelID = "eccc3f13-8289-4020-ba16-9f1d1374e96f"
    package static let documentID = "invoices"
    package static let projectID = "0901d86b-f227-43e0-9630-d172ccfd41e5"

    package static func sourceID(of family: CopyFamily) -> String {
        switch family {
        case .formRecognizer: modelID
        case .documentIntelligence: documentID
        case .customVision: projectID
        }
    }

    package static func key(of name: String) -> String { "\(name)-key" }

    /// A resource without contents.
    package static func empty(_ name: String, quirks: Quirks = Quirks()) -> ResourceConfiguration {
        ResourceConfiguration(
            name: name,
            keys: [key(of: name)],
            armId: arm(name),
            region: region(of: name),
            quirks: quirks
        )
    }

    /// A resource with one model, one document model, one classifier and one project.
    package static func stocked(_ name: String, quirks: Quirks = Quirks()) -> ResourceConfiguration {
        var resource = empty(name, quirks: quirks)
        resource.models = .listed([ModelSeed(id: modelID, version: "v2.0")])
        resource.documentModels = .listed([DocumentSeed(id: documentID, docTypes: ["invoice", "receipt"])])
        resource.documentClassifiers = .listed([
            DocumentSeed(id: documentID, apiVersion: "2024-11-30", docTypes: ["cars", "boats"])
        ])
        resource.projects = .listed([ProjectSeed(id: projectID, name: "Pets")])
        return resource
    }

    /// - Parameter isRegionWrong: whether the workers' configuration names a region where no resource is.
    package static func catalogue(isRegionWrong: Bool = false) -> ResourceCatalogue {
        let names = resources.compactMap(ResourceName.init(rawValue:))
        let configured = names.map { name in
            ResourceCatalogue.Resource(
                frozen: FrozenResource(
                    name: name,
                    endpoint: "https://\(name.rawValue).emulated.test",
                    armID: arm(name.rawValue),
                    region: isRegionWrong ? "nowhere" : region(of: name.rawValue)
                ),
                apiVersions: [:],
                maxInFlight: 100,
                allowsReplacing: true
            )
        }
        return ResourceCatalogue(
            resources: Dictionary(uniqueKeysWithValues: configured.map { ($0.frozen.name, $0) }),
            routes: [
                ResourceCatalogue.Route(source: names[0], target: names[1], kinds: Set(CopyKind.allCases)),
                ResourceCatalogue.Route(source: names[2], target: names[3], kinds: Set(CopyKind.allCases)),
            ]
        )
    }

    private static func arm(_ name: String) -> String {
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/\(name)"
    }

    private static func region(of name: String) -> String { "\(name)region" }
}

extension EmulatedClock {
    /// Follows a simulated clock that stood at zero at noon.
    package convenience init(following clock: SimulatedClock) {
        self.init {
            Moment(nanoseconds: (Estate.noon + clock.elapsed).milliseconds * 1_000_000)
        }
    }
}
