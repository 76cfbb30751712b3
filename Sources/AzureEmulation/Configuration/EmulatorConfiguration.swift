package import FoundationEssentials

/// What an emulator is made of: its resources, how long copies take, and its admin port.
package struct EmulatorConfiguration: Sendable, Decodable {
    /// The address that all ports are bound to.
    package var host: String
    package var admin: Admin
    package var copy: CopySettings
    package var latency: Latency
    /// The seed of ids, durations and chance.
    package var seed: UInt64
    package var resources: [ResourceConfiguration]
    /// The directory that gives out tokens; nil has none.
    package var entra: EntraConfiguration?
    /// What resources and the token endpoint prove themselves with; nil is plain http.
    package var tls: ServerCertificate?

    package struct Admin: Sendable, Decodable {
        /// 0 takes any free port.
        package var port: Int

        package init(port: Int = 0) {
            self.port = port
        }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case port
        }

        package init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            port = try decoder.container(keyedBy: CodingKeys.self).decode(.port, in: 0...65_535, usual: 0)
        }
    }

    package init(
        host: String = "127.0.0.1",
        admin: Admin = Admin(),
        copy: CopySettings = CopySettings(),
        latency: Latency = Latency(),
        seed: UInt64 = 1,
        resources: [ResourceConfiguration],
        entra: EntraConfiguration? = nil,
        tls: ServerCertificate? = nil
    ) {
        self.host = host
        self.admin = admin
        self.copy = copy
        self.latency = latency
        self.seed = seed
        self.resources = resources
        self.entra = entra
        self.tls = tls
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case host, admin, copy, latency, seed, resources, entra, tls
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        host = try values.decodeIfPresent(String.self, forKey: .host) ?? "127.0.0.1"
        admin = try values.decodeIfPresent(Admin.self, forKey: .admin) ?? Admin()
        copy = try values.decodeIfPresent(CopySettings.self, forKey: .copy) ?? CopySettings()
        latency = try values.decodeIfPresent(Latency.self, forKey: .latency) ?? Latency()
        seed = try values.decodeIfPresent(UInt64.self, forKey: .seed) ?? 1
        resources = try values.decode([ResourceConfiguration].self, forKey: .resources)
        entra = try values.decodeIfPresent(EntraConfiguration.self, forKey: .entra)
        tls = try values.decodeIfPresent(ServerCertificate.self, forKey: .tls)
    }

    /// Reads a configuration from JSON.
    ///
    /// - Throws: ``ConfigurationError`` with a sentence that names the place.
    package init(json: Data) throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: json)
        } catch let error as DecodingError {
            throw ConfigurationError(sentence: error.sentence)
        }
        try check()
    }

    private func check() throws {
        var names: Set<String> = []
        for resource in resources {
            guard names.insert(resource.name).inserted else {
                throw ConfigurationError(
                    sentence: "resources: two are named '\(resource.name)'; give each its own name."
                )
            }
            guard !EntraDirectory.doorNames.contains(resource.name) else {
                throw ConfigurationError(
                    sentence: "resources: '\(resource.name)' is the name of a door of the directory; take another."
                )
            }
        }
    }
}

/// A configuration that cannot be used, with the reason for people.
package struct ConfigurationError: Error, CustomStringConvertible {
    package let sentence: String

    package init(sentence: String) {
        self.sentence = sentence
    }

    package var description: String { sentence }
}
