import AzureHTTP
import WorkerConfiguration

extension AsyncHTTPSender.Settings {
    init(_ azure: AzureConfiguration) {
        self.init()
        connectTimeout = azure.connectTimeout
        caFile = azure.caFile
        proxy = azure.proxy.map { proxy in
            ProxySettings(
                host: proxy.host,
                port: proxy.port,
                user: proxy.login?.user,
                password: proxy.login?.password,
                exceptions: proxy.exceptions
            )
        }
    }
}
