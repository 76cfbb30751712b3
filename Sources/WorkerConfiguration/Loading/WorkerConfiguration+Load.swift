import AzureAI
import Configuration
import CopyDomain
import CopyRuntime
import Foundation

extension WorkerConfiguration {
    /// Reads a configuration file and the environment.
    ///
    /// - Throws: ``ConfigurationError`` with everything that is wrong.
    package static func load(file: String, environment: [String: String]) throws -> WorkerConfiguration {
        guard let data = FileManager.default.contents(atPath: file) else {
            let problem = ConfigurationProblem(
                key: nil,
                message: "the file cannot be read",
                advice: "Check its path and its permissions."
            )
            throw ConfigurationError(file: file, problems: [problem])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            let problem = ConfigurationProblem(
                key: nil,
                message: "the file is not UTF-8",
                advice: "Save it as UTF-8 text."
            )
            throw ConfigurationError(file: file, problems: [problem])
        }
        return try load(text: text, file: file, environment: environment)
    }

    /// - Parameter file: for messages.
    static func load(text: String, file: String, environment: [String: String]) throws -> WorkerConfiguration {
        let outline = FileOutline(text)
        let snapshot: YAMLSnapshot
        do {
            // A file without any key is no mapping, which the library takes for an error.
            let text = outline.isEmpty ? "{}" : text
            snapshot = try unsafe YAMLSnapshot(
                data: Array(text.utf8).span.bytes,
                providerName: file,
                parsingOptions: .default
            )
        } catch {
            // What the library cannot read at all the outline has told already, with its line.
            throw ConfigurationError(
                file: file,
                problems: outline.problems.isEmpty
                    ? [ConfigurationProblem(key: nil, message: "\(error)", advice: "Correct the file.")]
                    : outline.problems
            )
        }
        var values = ConfigurationValues(
            outline: outline,
            file: SnapshotProvider(parsed: snapshot),
            environment: environment
        )
        let configuration = WorkerConfiguration(&values)
        guard values.problems.isEmpty else { throw ConfigurationError(file: file, problems: values.problems) }
        return configuration
    }

    /// What is wrong is in `values.problems`; with any of them the result is of no use.
    private init(_ values: inout ConfigurationValues) {
        poolName = values.poolName()
        let broker = values.broker()
        self.broker = broker.configuration
        journal = values.journal()
        http = values.http()
        log = LogConfiguration(
            level: values.choice(Keys.Log.level, of: LogConfiguration.Level.self) ?? .info,
            format: values.choice(Keys.Log.format, of: LogConfiguration.Format.self) ?? .json
        )
        var settings = WorkerSettings()
        values.events(&settings)
        let azure = values.azure()
        self.azure = azure.configuration
        values.worker(&settings, staleness: journal.staleness)
        settings.names = broker.names
        self.settings = settings
        let plainHTTP = azure.configuration.allowPlainHTTP
        let credentials = values.credentials(allowPlainHTTP: plainHTTP)
        let resources = values.resources(allowPlainHTTP: plainHTTP, identities: credentials.identities)
        catalogue = resources.catalogue
        access = resources.access
        values.checkVariables(
            usedElsewhere: broker.variables.union(azure.variables).union(credentials.variables)
                .union(resources.variables)
        )
        secretFiles = values.secretFiles
        warnings = values.warnings
        entries = values.entries
    }
}
