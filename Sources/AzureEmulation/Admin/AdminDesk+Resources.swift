/// What a caller needs to know to use the emulator.
extension AdminDesk {
    /// The text of the ready file: every actual port, the resources, and the directory if there is one.
    package func readyText(adminPort: Int, directory: DirectoryDoors?) -> String {
        JSON.members([
            ("admin", .string("http://127.0.0.1:\(adminPort)")),
            ("adminPort", .count(adminPort)),
            ("resources", resourceList),
            ("entra", directory.map(describe)),
        ]).text
    }

    private func describe(_ directory: DirectoryDoors) -> JSON {
        [
            "endpoint": .string(directory.endpoint),
            "imdsEndpoint": .string(directory.identityEndpoint),
            "identityEndpoint": .string(directory.identityEndpoint + EntraDirectory.identityPath),
            "identityHeader": .text(azure.withCloud { $0.entra?.identityHeader }),
        ]
    }

    /// The resources with their endpoints, keys and contents.
    var resourceList: JSON {
        let doors = doors()
        return azure.withCloud { cloud in
            .array(doors.enumerated().map { describe($0.offset, behind: $0.element, of: cloud) })
        }
    }

    private func describe(_ number: Int, behind door: ResourceDoor, of cloud: AzureCloud) -> JSON {
        let resource = cloud.premises.resources[number]
        let models = cloud.formRecognizer.models[number].values.sorted { $0.id < $1.id }
        let documents = cloud.documentIntelligence.shelves[number]
        let projects = cloud.customVision.projects[number].values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        return [
            "name": .string(resource.name),
            "endpoint": .string(door.endpoint),
            "port": .count(door.port),
            "key": .text(resource.keys.first),
            "keys": .array(resource.keys.map(JSON.string)),
            "armId": .string(resource.armId),
            "region": .string(resource.region),
            "models": .array(
                models.map {
                    ["id": .string($0.id), "name": .text($0.content.name), "status": .string($0.status.rawValue)]
                }
            ),
            "documentModels": .array(documents.sorted(.model).map(\.brief)),
            "documentClassifiers": .array(documents.sorted(.classifier).map(\.brief)),
            "projects": .array(
                projects.map {
                    ["id": .string($0.id), "name": .string($0.name), "status": .string($0.status.rawValue)]
                }
            ),
        ]
    }
}

extension DocumentAsset {
    fileprivate var brief: JSON {
        ["id": .string(id), "status": .string(state.text)]
    }
}
