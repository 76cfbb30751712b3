import CopyDomain

extension ConfigurationValues {
    /// The way to Azure, and the environment variables that hold its secrets.
    mutating func azure() -> (configuration: AzureConfiguration, variables: Set<String>) {
        let proxy = proxy()
        let configuration = AzureConfiguration(
            requestTimeout: duration(Keys.Azure.requestTimeout),
            connectTimeout: duration(Keys.Azure.connectTimeout),
            allowPlainHTTP: flag(Keys.Azure.allowPlainHTTP),
            caFile: existingFile(Keys.Azure.caFile),
            proxy: proxy.configuration
        )
        return (configuration, proxy.variables)
    }

    private mutating func proxy() -> (configuration: ProxyConfiguration?, variables: Set<String>) {
        let url = text(Keys.Azure.proxyURL)
        let user = text(Keys.Azure.proxyUser)
        let password = secret(
            variable: Keys.Azure.proxyPasswordEnv,
            file: Keys.Azure.proxyPasswordFile,
            named: nil,
            form: .password
        )
        let exceptions = list(Keys.Azure.proxyExceptions)
        for exception in exceptions where !isHost(exception) {
            report(
                Keys.Azure.proxyExceptions,
                "\"\(exception.prefix(60))\" is no host",
                advice: "Write names or addresses without scheme and port, e.g. models.internal or .internal."
            )
        }
        if (user == nil) != (password.source == nil), !isReported(Keys.Azure.proxyPasswordEnv),
            !isReported(Keys.Azure.proxyPasswordFile)
        {
            report(
                user == nil ? Keys.Azure.proxyPasswordEnv : Keys.Azure.proxyUser,
                "stands alone",
                advice: "Give both the user and the place of the password, or neither."
            )
        }
        guard let url else {
            if user != nil || password.source != nil || !exceptions.isEmpty {
                report(section: ["azure", "proxy"], "has no url", advice: "Add \(Keys.Azure.proxyURL.meaning).")
            }
            return (nil, password.variables)
        }
        do throws(EndpointURL.Fault) {
            let endpoint = try EndpointURL(url)
            if endpoint.isPlain {
                var login: ProxyConfiguration.Login?
                if let user, let secret = try? password.source?.read(as: .password) {
                    login = ProxyConfiguration.Login(user: user, password: secret)
                }
                let proxy = ProxyConfiguration(
                    host: endpoint.host.trimmingBrackets,
                    port: endpoint.port ?? 80,
                    login: login,
                    exceptions: exceptions.map { $0.lowercased() }
                )
                return (proxy, password.variables)
            }
            report(Keys.Azure.proxyURL, "must begin with http://", advice: "Proxies over TLS cannot be used.")
        } catch {
            // A URL with a password in it is not shown.
            report(
                Keys.Azure.proxyURL,
                error == .scheme ? "must begin with http://" : error.rawValue,
                advice: "Write http://HOST:PORT, and the user and the place of the password beside it."
            )
        }
        return (nil, password.variables)
    }

    private func isHost(_ text: String) -> Bool {
        // One colon is a port's, and IPv6 addresses have more.
        !text.isEmpty && text != "." && text.utf8.count { $0 == UInt8(ascii: ":") } != 1
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}

extension String {
    /// An IPv6 address as connections take it.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
