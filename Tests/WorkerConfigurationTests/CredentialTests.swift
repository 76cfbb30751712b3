import AzureAI
import CopyDomain
import Foundation
import Testing

@testable import WorkerConfiguration

@Suite("Credentials")
struct CredentialTests {
    /// West with a credential instead of its key.
    static func text(_ credential: String) -> String {
        smallest("keyEnv: WEST_KEY", "credential: it") + "\ncredentials:\n  it: {\(credential)}"
    }

    static func identity(_ credential: String, _ environment: [String: String] = [:]) throws -> EntraIdentity {
        let configuration = try load(text(credential), environment)
        return try #require(west(configuration).identity)
    }

    static func west(_ configuration: WorkerConfiguration) throws -> ResourceAccess {
        let name = try #require(ResourceName(rawValue: "west"))
        return try #require(configuration.access[name])
    }

    static let application = "tenant: t.example, clientId: c-1"

    @Test("a client secret, with authority and scope of its cloud")
    func clientSecret() throws {
        for cloud in AzureCloud.allCases {
            let identity = try Self.identity(
                "kind: client-secret, \(Self.application), clientSecretEnv: CLIENT_SECRET, cloud: \(cloud.rawValue)"
            )
            guard case .clientSecret(let application, let secret) = identity.way else {
                Issue.record("\(identity)")
                return
            }
            #expect(
                application == EntraApplication(authority: cloud.authority, tenant: "t.example", clientID: "c-1")
            )
            #expect(try secret().secret.reveal() == "canary-client")
            #expect(identity.scope == cloud.scope)
        }
    }

    @Test("a workload takes from the environment what the file leaves out")
    func workload() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/token"
            try Data("assertion\n".utf8).write(to: URL(fileURLWithPath: path))
            let identity = try Self.identity(
                "kind: workload-identity, clientId: own",
                [
                    "AZURE_TENANT_ID": "t-1", "AZURE_CLIENT_ID": "c-1", "AZURE_FEDERATED_TOKEN_FILE": path,
                    "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.us/",
                ]
            )
            guard case .workload(let application, let assertion) = identity.way else {
                Issue.record("\(identity)")
                return
            }
            let expected = EntraApplication(
                authority: "https://login.microsoftonline.us",
                tenant: "t-1",
                clientID: "own"
            )
            #expect(application == expected)
            #expect(try assertion().secret.reveal() == "assertion")
            try Data("another".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try assertion().secret.reveal() == "another")
        }
    }

    @Test(
        "managed identities",
        arguments: [
            ("kind: managed-identity", [:], "instanceMetadata http://169.254.169.254 systemAssigned"),
            (
                "kind: managed-identity, clientId: c", [:], #"instanceMetadata http://169.254.169.254 clientID("c")"#
            ),
            (
                "kind: managed-identity, objectId: o, metadataEndpoint: 'http://127.0.0.1:1'",
                ["IDENTITY_ENDPOINT": "http://localhost:2/msi/token", "IDENTITY_HEADER": "h"],
                #"instanceMetadata http://127.0.0.1:1 objectID("o")"#
            ),
            (
                "kind: managed-identity",
                ["IDENTITY_ENDPOINT": "http://localhost:2/msi/token", "IDENTITY_HEADER": "h"],
                "appService http://localhost:2/msi/token systemAssigned"
            ),
            (
                "kind: managed-identity", ["IDENTITY_ENDPOINT": "http://localhost:2/msi/token"],
                "instanceMetadata http://169.254.169.254 systemAssigned"
            ),
        ] as [(String, [String: String], String)]
    )
    func managed(credential: String, environment: [String: String], expected: String) throws {
        let text: String
        switch try Self.identity(credential, environment).way {
        case .instanceMetadata(let endpoint, let identity): text = "instanceMetadata \(endpoint) \(identity)"
        case .appService(let endpoint, _, let identity): text = "appService \(endpoint) \(identity)"
        case .clientSecret, .workload: text = ""
        }
        #expect(text == expected)
    }

    @Test(
        "what does not go together is told with its key",
        arguments: [
            ("kind: magic", "credentials.it.kind"),
            ("kind: client-secret, clientId: c, clientSecretEnv: CLIENT_SECRET", "credentials.it.tenant"),
            ("kind: client-secret, tenant: t, clientSecretEnv: CLIENT_SECRET", "credentials.it.clientId"),
            ("kind: client-secret, \(application)", "credentials.it"),
            ("kind: client-secret, \(application), clientSecretEnv: NOTHING", "credentials.it.clientSecretEnv"),
            (
                "kind: client-secret, \(application), clientSecretEnv: CLIENT_SECRET, clientSecret: canary",
                "credentials.it.clientSecret"
            ),
            (
                "kind: client-secret, tenant: ../t, clientId: c, clientSecretEnv: CLIENT_SECRET",
                "credentials.it.tenant"
            ),
            (
                "kind: client-secret, \(application), clientSecretEnv: CLIENT_SECRET, authority: 'http://a'",
                "credentials.it.authority"
            ),
            (
                "kind: client-secret, \(application), clientSecretEnv: CLIENT_SECRET, authority: 'https://a/b'",
                "credentials.it.authority"
            ),
            (
                "kind: client-secret, \(application), clientSecretEnv: CLIENT_SECRET, tokenFile: /etc/hostname",
                "credentials.it.tokenFile"
            ),
            ("kind: workload-identity, \(application)", "credentials.it.tokenFile"),
            ("kind: managed-identity, clientId: c, objectId: o", "credentials.it"),
            ("kind: managed-identity, tenant: t", "credentials.it.tenant"),
            ("kind: managed-identity, resourceId: /subscriptions/s", "credentials.it.resourceId"),
            ("kind: managed-identity, metadataEndpoint: 'http://metadata'", "credentials.it.metadataEndpoint"),
        ]
    )
    func problem(credential: String, key: String) {
        let found = problems(Self.text(credential))
        #expect(found.map(\.key) == [key])
        #expect(!"\(found)".contains("canary"))
    }

    @Test("a resource has one credential, which is there")
    func resource() {
        #expect(
            problems(smallest("keyEnv: WEST_KEY", "credential: it")).map(\.key) == ["resources.west.credential"]
        )
        let two = smallest("keyEnv: WEST_KEY", "keyEnv: WEST_KEY\n    credential: it")
        #expect(
            problems(two + "\ncredentials:\n  it: {kind: managed-identity}").map(\.key) == ["resources.west.credential"]
        )
    }

    @Test(
        "the endpoint of a region is warned of where tokens are used",
        arguments: [
            ("https://westus2.api.cognitive.microsoft.com", true),
            ("https://chinaeast2.api.cognitive.azure.cn", true),
            ("https://west.cognitiveservices.azure.com", false),
        ]
    )
    func regional(endpoint: String, isWarned: Bool) throws {
        let text = Self.text("kind: managed-identity")
            .split(separator: "https://west.cognitiveservices.azure.com", maxSplits: 1).joined(separator: endpoint)
        let warnings = try load(text).warnings
        #expect(warnings.map(\.key) == (isWarned ? ["resources.west.endpoint"] : []))
        // A key is taken there.
        #expect(try load(smallest("https://west.cognitiveservices.azure.com", endpoint)).warnings.isEmpty)
    }

    // MARK: - Files

    @Test("a key file that comes later stops nobody")
    func laterFile() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/west.key"
            let configuration = try load(smallest("keyEnv: WEST_KEY", "keyFile: \(path)"))
            #expect(configuration.warnings.map(\.key) == ["resources.west.keyFile"])
            let access = try Self.west(configuration)
            #expect(throws: SecretSourceError.self) { try access.key() }
            try Data("here".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try access.key()?.secret.reveal() == "here")
        }
    }

    @Test("a key is rotated by renaming and by exchanging a symbolic link")
    func rotation() throws {
        try withTemporaryDirectory { directory in
            let files = FileManager.default
            for (version, key) in ["1": "first", "2": "second"] {
                try files.createDirectory(atPath: "\(directory)/v\(version)", withIntermediateDirectories: true)
                try Data(key.utf8).write(to: URL(fileURLWithPath: "\(directory)/v\(version)/key"))
            }
            // As Kubernetes projects secrets: key -> ..data/key, ..data -> v1.
            try files.createSymbolicLink(atPath: "\(directory)/..data", withDestinationPath: "v1")
            try files.createSymbolicLink(atPath: "\(directory)/key", withDestinationPath: "..data/key")
            let configuration = try load(smallest("keyEnv: WEST_KEY", "keyFile: \(directory)/key"))
            let access = try Self.west(configuration)
            #expect(try access.key()?.secret.reveal() == "first")
            try files.createSymbolicLink(atPath: "\(directory)/..new", withDestinationPath: "v2")
            #expect(unsafe rename("\(directory)/..new", "\(directory)/..data") == 0)
            #expect(try access.key()?.secret.reveal() == "second")
            try Data("third".utf8).write(to: URL(fileURLWithPath: "\(directory)/v3"))
            #expect(unsafe rename("\(directory)/v3", "\(directory)/v2/key") == 0)
            #expect(try access.key()?.secret.reveal() == "third")
        }
    }

    @Test("files that everybody may read are found behind their links")
    func exposed() throws {
        try withTemporaryDirectory { directory in
            for (name, mode) in [("open", 0o644), ("closed", 0o640)] {
                let path = "\(directory)/\(name)"
                try Data("k".utf8).write(to: URL(fileURLWithPath: path))
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
                try FileManager.default.createSymbolicLink(atPath: path + ".link", withDestinationPath: path)
            }
            let text = smallest("keyEnv: WEST_KEY", "keyFile: \(directory)/open.link")
                .split(separator: "keyEnv: EAST_KEY").joined(separator: "keyFile: \(directory)/closed.link")
            #expect(try load(text).exposedSecretFiles() == ["\(directory)/open.link"])
        }
    }

    // MARK: - Proxy

    @Test("a proxy with its login")
    func proxy() throws {
        let proxy = try load(full).azure.proxy
        #expect(proxy?.host == "proxy" && proxy?.port == 3128 && proxy?.login?.user == "copier")
        #expect(proxy?.login?.password.reveal() == "canary-proxy")
        #expect(proxy?.exceptions == [".internal", "models.example"])
        #expect(try load(smallest + "\nazure: {proxy: {url: 'http://[::1]'}}").azure.proxy?.host == "::1")
        #expect(try !load(full).effective().contains("canary"))
    }

    @Test(
        "a proxy that cannot be used is told with its key",
        arguments: [
            ("url: 'https://proxy:1'", "azure.proxy.url"), ("url: 'http://u:canary@proxy'", "azure.proxy.url"),
            ("url: proxy", "azure.proxy.url"), ("url: 'http://p', user: u", "azure.proxy.user"),
            ("url: 'http://p', passwordEnv: PROXY_PASSWORD", "azure.proxy.passwordEnv"),
            ("exceptions: [a]", "azure.proxy"), ("url: 'http://p', exceptions: ['*']", "azure.proxy.exceptions"),
        ]
    )
    func badProxy(proxy: String, key: String) {
        let found = problems(smallest + "\nazure: {proxy: {\(proxy)}}")
        #expect(found.map(\.key) == [key])
        #expect(!"\(found)".contains("canary"))
    }
}
