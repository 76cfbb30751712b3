/// What a caller needs to know to use the emulator.
extension AzureEmulator {
    /// The resources with their endpoints, keys and contents, as JSON.
    var resourceList: JSON {
        withCloud { cloud in
            .array(cloud.premises.resources.indices.map { describe($0, of: cloud) })
        }
    }

    /// The text of the ready file: every actual port, and the resources.
    package var readyText: String {
        ([
            "admin": .string("http://127.0.0.1:\(adminPort)"),
            "adminPort": .count(adminPort),
            "resources": resourceList,
        ] as JSON).text
    }

    /// The text of the report.
    package var reportText: String {
        report(gaps: true).text
    }

    func report(gaps: Bool) -> JSON {
        let now = clock.now
        // Written out of a copy, so that nobody waits for it.
        let cloud = withCloud { cloud in
            cloud.settle(until: now)
            return cloud
        }
        return cloud.report(gaps: gaps)
    }

    private func describe(_ number: Int, of cloud: AzureCloud) -> JSON {
        let resource = cloud.premises.resources[number]
        let models = cloud.formRecognizer.models[number].values.sorted { $0.id < $1.id }
        let projects = cloud.customVision.projects[number].values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        return [
            "name": .string(resource.name),
            "endpoint": .string(endpoint(number)),
            "port": .count(port(number)),
            "key": .text(resource.keys.first),
            "keys": .array(resource.keys.map(JSON.string)),
            "armId": .string(resource.armId),
            "region": .string(resource.region),
            "models": .array(
                models.map {
                    ["id": .string($0.id), "name": .text($0.content.name), "status": .string($0.status.rawValue)]
                }
            ),
            "projects": .array(
                projects.map {
                    ["id": .string($0.id), "name": .string($0.name), "status": .string($0.status.rawValue)]
                }
            ),
        ]
    }
}
