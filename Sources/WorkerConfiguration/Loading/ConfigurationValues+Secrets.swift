import CopyDomain

extension ConfigurationValues {
    /// A secret by one of two keys. What cannot be read now is a problem now.
    /// - Parameter mayComeLater: a file that cannot be read yet is no reason for the others not to be served.
    mutating func secret(
        variable: ConfigurationKey,
        file: ConfigurationKey,
        named name: String?,
        form: SecretSource.Form,
        mayComeLater: Bool = false
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
            // What is no path at all is a mistake, and maybe a secret in the wrong place.
            if mayComeLater, path?.contains("/") == true {
                warn(
                    key,
                    named: name,
                    "\(error.description); until then what needs it fails",
                    advice: "Put the secret there, and nothing else; it is read without a restart."
                )
            } else {
                report(key, named: name, error.description, advice: "Put the secret there, and nothing else.")
            }
        }
        if let path { secretFiles.append(path) }
        return (source, variables)
    }
}
