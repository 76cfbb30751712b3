import AzureAI
import Foundation

@testable import WorkerConfiguration

let armID =
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ai/providers/"
    + "Microsoft.CognitiveServices/accounts"

/// What has to be there, and no more.
let smallest = """
    broker:
      nodes: [amqp://localhost]
    journal:
      path: /var/lib/copy-worker/journal.sqlite
    resources:
      west:
        endpoint: https://west.cognitiveservices.azure.com
        armId: \(armID)/west
        region: westus2
        keyEnv: WEST_KEY
      east:
        endpoint: https://east.cognitiveservices.azure.com
        armId: \(armID)/east
        region: eastus
        keyEnv: EAST_KEY
    routes:
      west-to-east:
        from: west
        to: east
        kinds: [document-model]
    """

/// Every key, none at its default.
let full = """
    pool: models-eu
    broker:
      nodes: ["amqp://copier@rabbit-1:5673/copies", amqp://copier@rabbit-2]
      passwordEnv: RABBIT_PASSWORD
      verifyHostname: false
      heartbeat: 20s
      connectTimeout: 5s
      callTimeout: 7s
      connectionName: copies
      topology: verify
      names:
        requests: eu.requests
        resume: eu.resume
        retry: eu.retry
        longRetry: eu.retry.long
        commands: eu.commands
        dead: eu.dead
        parking: eu.parking
        unroutedResults: eu.unrouted
        journal: eu.journal
        results: eu.results
        progress: eu.progress
    journal:
      path: journal.sqlite
      staleness: 20s
    http:
      enabled: false
      listen: "[::1]:9090"
    log:
      level: debug
      format: console
    events:
      source: urn:example:copies
      replyTo: [answers, "amq.gen-*"]
    azure:
      requestTimeout: 45s
      connectTimeout: 3s
      allowPlainHTTP: true
      caFile: /etc/hostname
      proxy:
        url: http://proxy:3128
        user: copier
        passwordEnv: PROXY_PASSWORD
        exceptions: [.internal, models.example]
    worker:
      slots: 250
      pollPeriod: 2s
      drainCalls: 10s
      sendBefore: 4s
      livenessPeriod: 1s
      holdLimit: 9m
      unknownResourceGrace: 1m
      retention: 7d
      deadlines: {document-model: 30m, document-classifier: 20m, vision-project: 2h, check: 1m}
      limits:
        lostCopyWatch: 90s
        lostStartSearch: 50s
        lostImportWatch: 45s
        importTime: 40m
        grace: 5m
        verification: 30s
        attempts: 2
    credentials:
      application:
        kind: client-secret
        cloud: usGovernment
        tenant: contoso.example
        clientId: 00000000-0000-0000-0000-000000000001
        clientSecretEnv: CLIENT_SECRET
        authority: http://emulator:8081
        scope: https://emulator/.default
      cluster:
        kind: workload-identity
        tenant: contoso.example
        clientId: 00000000-0000-0000-0000-000000000002
        tokenFile: /etc/hostname
      machine:
        kind: managed-identity
        objectId: 00000000-0000-0000-0000-000000000003
        metadataEndpoint: http://emulator:8082
      other-machine:
        kind: managed-identity
        resourceId: /subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i
    resources:
      west:
        endpoint: HTTP://Emulator:8081/
        armId: \(armID)/west
        region: westus2
        keyEnv: WEST_KEY
        apiVersions: {document-model: v2.1, document-classifier: 2024-11-30, vision-project: v3.3}
        maxInFlight: 20
        allowReplace: true
        budget: {statusCalls: 40, managementCalls: 4, listCalls: 8, allCalls: 20, share: 0.5}
      east:
        endpoint: https://east.cognitiveservices.azure.com
        armId: \(armID)/east
        region: eastus
        credential: application
    routes:
      west-to-east:
        from: west
        to: east
        kinds: [document-model, document-classifier, vision-project]
    """

let keys = [
    "WEST_KEY": "canary-west", "EAST_KEY": "canary-east", "RABBIT_PASSWORD": "canary-rabbit",
    "PROXY_PASSWORD": "canary-proxy", "CLIENT_SECRET": "canary-client",
]

func load(_ text: String, _ environment: [String: String] = [:]) throws -> WorkerConfiguration {
    try WorkerConfiguration.load(
        text: text,
        file: "test.yaml",
        environment: keys.merging(environment) { $1 }
    )
}

/// What is wrong with the configuration; nothing when it loads.
func problems(_ text: String, _ environment: [String: String] = [:]) -> [ConfigurationProblem] {
    do {
        _ = try load(text, environment)
        return []
    } catch let error as ConfigurationError {
        return error.problems
    } catch {
        return [ConfigurationProblem(key: nil, message: "another error: \(error)", advice: "")]
    }
}

/// The smallest configuration with one text replaced.
func smallest(_ old: String, _ new: String) -> String {
    smallest.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: new)
}

/// A directory of its own, deleted at the end.
func withTemporaryDirectory(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("configuration-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory.path)
}

extension ResourceAccess {
    /// The key as the next call would show it.
    func key() throws -> SecretReading? {
        switch credential {
        case .key(let read): try read()
        case .entraID: nil
        }
    }

    var identity: EntraIdentity? {
        switch credential {
        case .key: nil
        case .entraID(let identity): identity
        }
    }
}
