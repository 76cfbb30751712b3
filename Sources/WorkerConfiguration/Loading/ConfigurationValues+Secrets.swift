import CopyDomain

extension ConfigurationValues {
    /// A secret by one of two keys. What cannot be read now is a problem now.
    mutating func secret(
        variable: ConfigurationKey,
        file: ConfigurationKey,
        named name: String?,
        form: SecretSource.Form
    ) -> (source: SecretSource?, variables: Set<String>) {
        let variableName = text(variable, named: name)
        let path = text(file, named: name)
        var variables: Set<String> = []
        if let variableName { variables.insert(variableName) }
        let source: SecretSource
        let key: ConfigurationKey
        switch (variableName, path) {
        case (nil, nil): return (nil, variables)
        case (_?, _?):
            report(
                file,
                named: name,
                "stands beside \(variable.path.last ?? "")",
                advice: "Give one of the two, not both."
            )
            return (nil, variables)
        case (let variableName?, nil):
            guard let value = environment[variableName] else {
                report(
                    variable,
                    named: name,
                    "\(SecretSource.place(ofVariable: variableName)) is not set",
                    advice: "Set it for the worker's process, or name another."
                )
                return (nil, variables)
            }
            source = .variable(name: variableName, value: Secret(value))
            key = variable
        case (nil, let path?):
            source = .file(path)
            key = file
        }
        do {
            _ = try source.read(as: form)
        } catch {
            report(key, named: name, error.description, advice: "Put the secret there, and nothing else.")
        }
        return (source, variables)
    }
}
