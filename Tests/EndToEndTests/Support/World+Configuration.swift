import BrokerSupport
import Foundation

/// The items of a world, and how emulator and workers are told of them.
extension World {
    static func source(_ number: Int) -> String { "source-\(number)" }
    static func target(_ number: Int) -> String { "target-\(number)" }
    static func model(_ number: Int, of source: Int) -> String { "model-\(source)-\(number)" }
    static func document(_ number: Int, of source: Int) -> String { "form-\(source)-\(number)" }
    static func classifier(_ number: Int, of source: Int) -> String { "sorter-\(source)-\(number)" }
    static func project(_ number: Int, of source: Int) -> String {
        String(format: "00000000-0000-4000-8000-%06d%06d", source, number)
    }

    static func keyVariable(of resource: String) -> String {
        "COPY_TEST_KEY_" + resource.uppercased().replacing("-", with: "_")
    }

    static func emulatorConfiguration(_ options: Options) -> [String: Any] {
        let sources = (0..<options.sources).map { number -> [String: Any] in
            let items = 0..<options.items
            return [
                "name": source(number), "region": "westus2",
                "models": items.map { ["id": model($0, of: number)] },
                "documentModels": items.map { ["id": document($0, of: number), "docTypes": ["invoice", "receipt"]] },
                "documentClassifiers": items.map {
                    ["id": classifier($0, of: number), "apiVersion": "2024-11-30", "docTypes": ["car", "boat"]]
                },
                "projects": items.map { ["id": project($0, of: number), "name": "project \(number)/\($0)"] },
            ]
        }
        let targets = (0..<options.targets).map { number -> [String: Any] in
            [
                "name": target(number), "region": "eastus", "limits": ["projects": 10_000],
                "documentModels": options.taken.map { ["id": $0, "docTypes": ["older"]] },
                "documentClassifiers": options.taken.map { ["id": $0, "apiVersion": "2024-11-30"] },
            ]
        }
        let resources = (sources + targets).map { resource -> [String: Any] in
            let access = (resource["name"] as? String).flatMap { options.directory?.access(to: $0) }
            return resource.merging(access.map { ["entra": $0] } ?? [:]) { own, _ in own }
        }
        var configuration: [String: Any] = [
            "admin": ["port": 0], "seed": 7, "resources": resources,
            "copy": ["seconds": options.copySeconds, "spread": options.copySpread],
        ]
        configuration["entra"] = options.directory?.configuration
        return configuration
    }

    func workerConfiguration(adding lines: String) -> String {
        var yaml = """
            broker:
              nodes: ["\(broker.uri(port: proxy?.port))"]
              passwordEnv: COPY_TEST_BROKER_PASSWORD
              heartbeat: \(options.heartbeat)
            journal:
              path: \(journalFile.path)
              staleness: \(options.staleness)
            http:
              listen: 127.0.0.1:0
            log:
              level: \(options.logLevel)
              format: json
            worker:
              slots: \(options.slots)
              unknownResourceGrace: 2s
            \(options.worker)

            """
        if options.isSecure {
            yaml += "azure:\n  caFile: \(folder.appending(path: "authority.pem").path)\n"
        }
        if let directory = options.directory {
            yaml += directory.credentials(in: folder, doors: doors)
        }
        yaml += "resources:\n"
        for name in resources.keys.sorted() {
            guard let resource = resources[name] else { continue }
            yaml += """
                  \(name):
                    endpoint: "\(resource["endpoint"].string ?? "")"
                    armId: \(resource["armId"].string ?? "")
                    region: \(resource["region"].string ?? "")
                    \(proof(for: name))
                    apiVersions: {document-model: v2.1, document-classifier: 2024-11-30, vision-project: v3.3}
                    allowReplace: \(name == Self.target(0))
                    maxInFlight: \(options.maxInFlight)
                    budget: {statusCalls: 200, managementCalls: \(options.managementCalls), listCalls: 50}

                """
        }
        yaml += "routes:\n"
        for source in 0..<options.sources {
            for target in 0..<options.targets {
                yaml += """
                      s\(source)-t\(target):
                        from: \(Self.source(source))
                        to: \(Self.target(target))
                        kinds: [document-model, document-classifier, vision-project]

                    """
            }
        }
        return yaml + lines
    }

    /// The line that says what opens the resource.
    private func proof(for resource: String) -> String {
        if let way = options.directory?.ways[resource] { return "credential: \(way.rawValue)" }
        if options.keysInFiles { return "keyFile: \(keyFile(of: resource).path)" }
        return "keyEnv: \(Self.keyVariable(of: resource))"
    }
}
