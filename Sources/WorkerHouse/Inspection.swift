import AMQP
import AzureAI
import AzureHTTP
import CopyDomain
import CopyJournal
import CopyRuntime
import JournalSQLite
import Logging
import RabbitMQTransport
package import WorkerConfiguration

/// Whether everything a configuration names can be reached. Changes nothing on the broker and nothing in Azure, and
/// begins no journal.
package struct Inspection: Sendable {
    package struct Finding: Sendable {
        package let subject: String
        /// `nil`: it is as it should be.
        package let trouble: String?
    }

    private let configuration: WorkerConfiguration

    package init(_ configuration: WorkerConfiguration) {
        self.configuration = configuration
    }

    /// How long the look through the whole journal may take; 500 MB take about a second.
    private static let journalLimit: Duration = .seconds(600)

    /// The journal and whether it is the pool's, every broker node with its topology, and every resource with its key or token.
    package func findings() async -> [Finding] {
        var findings = await journal()
        for node in configuration.broker.nodes { findings.append(await broker(node)) }
        findings += await resources()
        return findings
    }

    private func journal() async -> [Finding] {
        let path = configuration.journal.path
        let subject = "journal \(path)"
        do throws(JournalError) {
            guard try !SQLiteJournal.isMissing(path: path) else {
                return [Finding(subject: "\(subject) (no journal yet; the first worker begins it)", trouble: nil)]
            }
            let journal = try await SQLiteJournal(path: path, callLimit: Self.journalLimit)
            let findings: [Finding]
            do throws(JournalError) {
                try await journal.check()
                findings = [Finding(subject: subject, trouble: nil), await agreement(on: journal)]
            } catch {
                findings = [Finding(subject: subject, trouble: "\(error)")]
            }
            try await journal.close()
            return findings
        } catch {
            return [Finding(subject: subject, trouble: "\(error)")]
        }
    }

    /// Whether it is the journal that the workers of the queue share.
    private func agreement(on journal: SQLiteJournal) async -> Finding {
        let names = configuration.settings.names
        let subject = "queue \(names.journal)"
        do throws(AMQPError) {
            let register = configuration.register(
                connectionName: "copy-worker check",
                isReadOnly: true,
                transport: RabbitMQTransport()
            )
            let verdict = try await JournalAgreement(register: register, journal: journal).look()
            switch verdict {
            case .agreed: return Finding(subject: "\(subject) (it names this journal)", trouble: nil)
            case .unregistered: return Finding(subject: "\(subject) (no worker has begun yet)", trouble: nil)
            case .other, .restored, .unreadable, .journalAway:
                return Finding(subject: subject, trouble: verdict.sentence(names))
            }
        } catch {
            if error.replyCode == 404, configuration.broker.topologyMode == .declare {
                return Finding(subject: "\(subject) (it is missing; a worker will declare it)", trouble: nil)
            }
            return Finding(subject: subject, trouble: "\(error)")
        }
    }

    /// What a worker would declare is looked for first, and what is missing is no trouble. Only when all of it is there
    /// it is declared: that changes nothing, and tells what is there with other settings, and what the user may not.
    private func broker(_ node: AMQPEndpoint) async -> Finding {
        let subject = "broker \(node)"
        do throws(AMQPError) {
            try await look(at: node, configuration.settings.names.topology(configuration.broker.topologyMode))
            return Finding(subject: subject, trouble: nil)
        } catch {
            if error.replyCode == 404, configuration.broker.topologyMode == .declare {
                return Finding(subject: "\(subject) (queues are missing; a worker will declare them)", trouble: nil)
            }
            return Finding(subject: subject, trouble: "\(error)")
        }
    }

    private func look(at node: AMQPEndpoint, _ topology: Topology) async throws(AMQPError) {
        let connection = try await RabbitMQTransport().connect(to: node, name: "copy-worker check")
        var looking = topology
        looking.mode = topology.mode == .declare ? .verify : topology.mode
        var declaring = topology
        declaring.bindings = []
        do throws(AMQPError) {
            try await looking.establish(on: connection)
            if topology.mode == .declare { try await declaring.establish(on: connection) }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    private func resources() async -> [Finding] {
        let sender: AsyncHTTPSender
        do {
            sender = try AsyncHTTPSender(AsyncHTTPSender.Settings(configuration.azure))
        } catch {
            return [Finding(subject: "azure", trouble: "\(error)")]
        }
        let surroundings = Surroundings.system
        let azure = AzureClient(
            access: configuration.access,
            http: sender,
            clock: surroundings.clock,
            wallClock: surroundings.now,
            random: surroundings.random,
            timeout: configuration.azure.requestTimeout,
            userAgent: "azure-copy-worker/\(Version.text)",
            logger: Logger(label: "copy-worker.check") { _ in SwiftLogNoOpLogHandler() }
        )
        var findings: [Finding] = []
        for name in configuration.catalogue.resources.keys.sorted() {
            guard let resource = configuration.catalogue.resources[name] else { continue }
            let versions = versions(of: resource, named: name, in: configuration.catalogue)
            for (kind, version) in versions {
                let subject = "resource \(name.rawValue) \(kind.rawValue) \(version.rawValue)"
                do throws(CallFailure) {
                    try await azure.probe(resource.frozen, apiVersion: version)
                    findings.append(Finding(subject: subject, trouble: nil))
                } catch {
                    findings.append(
                        Finding(
                            subject: subject,
                            trouble: "\(error.message) (\(error.code.rawValue))\n    -> \(error.code.advice)"
                        )
                    )
                }
            }
            if versions.isEmpty {
                findings.append(
                    Finding(subject: "resource \(name.rawValue)", trouble: "no route leads from or to it")
                )
            }
        }
        try? await sender.shutdown()
        return findings
    }

    /// One version of each kind that the resource's routes allow: its own setting, else the newest.
    private func versions(
        of resource: ResourceCatalogue.Resource,
        named name: ResourceName,
        in catalogue: ResourceCatalogue
    ) -> [(kind: CopyKind, version: APIVersion)] {
        let routes = catalogue.routes.filter { $0.source == name || $0.target == name }
        return CopyKind.allCases.filter { kind in routes.contains { $0.kinds.contains(kind) } }.compactMap { kind in
            let version = resource.apiVersions[kind] ?? APIVersion.allCases.last { $0.kinds.contains(kind) }
            return version.map { (kind, $0) }
        }
    }
}
