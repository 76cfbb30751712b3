extension Keys {
    enum Azure {
        static let requestTimeout = ConfigurationKey(
            "azure.requestTimeout",
            .duration(.seconds(1) ... .seconds(600)),
            default: "30s",
            "from the moment of sending to the last byte of the answer"
        )
        static let connectTimeout = ConfigurationKey(
            "azure.connectTimeout",
            .duration(.milliseconds(100) ... .seconds(120)),
            default: "10s",
            "how long a connection to Azure may take to come about"
        )
        static let allowPlainHTTP = ConfigurationKey(
            "azure.allowPlainHTTP",
            .flag,
            default: "false",
            "allow `http://` endpoints on other hosts than this one; keys then travel in the clear: for an emulator"
        )
        static let caFile = ConfigurationKey(
            "azure.caFile",
            .file,
            "PEM file of authorities to trust besides the system's, e.g. of a proxy that looks into TLS"
        )
        static let proxyURL = ConfigurationKey(
            "azure.proxy.url",
            .text,
            "an HTTP proxy for calls to Azure and Entra ID, `http://HOST:PORT`; it is asked to connect through, so it sees "
                + "no keys. Managed identities never go through it"
        )
        static let proxyUser = ConfigurationKey(
            "azure.proxy.user",
            .text,
            "the user to log in to the proxy as, with a password"
        )
        static let proxyPasswordEnv = ConfigurationKey(
            "azure.proxy.passwordEnv",
            .text,
            "the environment variable that holds the proxy's password"
        )
        static let proxyPasswordFile = ConfigurationKey(
            "azure.proxy.passwordFile",
            .file,
            "the file that holds the proxy's password, read at start"
        )
        static let proxyExceptions = ConfigurationKey(
            "azure.proxy.exceptions",
            .list,
            "hosts that are called directly: `HOST` with everything below it, `.DOMAIN` for what is below it only"
        )

        static let all = [
            requestTimeout, connectTimeout, allowPlainHTTP, caFile, proxyURL, proxyUser, proxyPasswordEnv,
            proxyPasswordFile, proxyExceptions,
        ]
    }
}
