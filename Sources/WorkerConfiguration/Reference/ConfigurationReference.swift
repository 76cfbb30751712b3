/// The table of all keys: what the loader accepts is what is documented, and nothing else.
package enum ConfigurationReference {
    /// In the order in which people read them.
    package static let keys: [ConfigurationKey] =
        [Keys.pool] + Keys.Broker.all + Keys.Journal.all + Keys.HTTP.all + Keys.Log.all + Keys.Events.all
        + Keys.Azure.all + Keys.Worker.all + Keys.Credential.all + Keys.Resource.all + Keys.Route.all

    /// The table as Markdown, for README.
    package static var markdown: String {
        let rows = keys.map { key in
            let allowed = [key.type.name, key.type.bounds].compactMap { $0 }.joined(separator: ", ")
            let value = key.isRequired ? "required" : key.defaultValue.map { "`\($0)`" } ?? "-"
            return "| `\(key.dotted)` | \(allowed) | \(value) | \(key.meaning) |"
        }
        return (["| key | value | default | meaning |", "|---|---|---|---|"] + rows).joined(separator: "\n") + "\n"
    }
}
