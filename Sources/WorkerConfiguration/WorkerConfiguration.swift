package import AzureAI
package import CopyDomain
package import CopyRuntime

/// Everything a worker is told: one YAML file, with single values overridden by environment variables.
///
/// Loaded by `load(file:environment:)`; ``ConfigurationReference`` documents every key.
package struct WorkerConfiguration: Sendable {
    package var settings: WorkerSettings
    package var catalogue: ResourceCatalogue
    /// Credential and budget of every resource of the catalogue.
    package var access: [ResourceName: ResourceAccess]
    package var broker: BrokerConfiguration
    package var journal: JournalConfiguration
    package var http: HTTPConfiguration
    package var azure: AzureConfiguration
    package var log: LogConfiguration
    /// What people call this pool of workers.
    package var poolName: String
    /// Worth telling at start, but no reason not to start.
    package var warnings: [ConfigurationProblem]

    /// As they are named, in the order of reading.
    let secretFiles: [String]
    let entries: [EffectiveEntry]

    /// The `source` of every event.
    package var eventSource: String { settings.eventSource }
}
