import AsyncHTTPClient
package import AzureAI
import CopyDomain
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL

/// HTTP/1.1 over async-http-client: each request goes out once, or not at all.
///
/// async-http-client repeats no request by itself, except along redirects, which are off. A request written to a
/// connection that the server was just closing is a request without an answer, never a second one.
package final class AsyncHTTPSender: HTTPSending {
    private let client: HTTPClient
    /// Goes through the proxy, if there is one.
    private let proxied: HTTPClient?
    private let ledger: PassageLedger
    private let settings: Settings

    /// - Throws: ``UnusableCertificates`` when the CA file cannot be read.
    package init(_ settings: Settings = Settings()) throws {
        let ledger = PassageLedger()
        self.ledger = ledger
        self.settings = settings
        var configuration = try Self.configuration(settings, ledger: ledger)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        guard let proxy = settings.proxy else {
            proxied = nil
            return
        }
        configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: proxy.authorization)
        proxied = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// How many requests are under way.
    package var openRequests: Int { ledger.count }

    /// Closes all connections; what is under way fails. To be called once, before the sender is let go.
    package func shutdown() async throws {
        try await proxied?.shutdown()
        try await client.shutdown()
    }

    package func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        let number = ledger.enter(sendBefore: request.sendBefore)
        do {
            let response = try await exchange(request, number: number)
            _ = ledger.strikeOut(number)
            return response
        } catch {
            throw Self.sendingError(error, passage: ledger.strikeOut(number))
        }
    }

    private func exchange(_ request: HTTPRequest, number: PassageLedger.Number) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let outgoing = try outgoing(request, number: number)
        let collector = ResponseAccumulator(request: outgoing, maxBodySize: settings.largestBody)
        // The deadline covers all of it, from the wait for a connection to the last byte.
        let task = way(of: request, to: outgoing.host).execute(
            request: outgoing,
            delegate: collector,
            deadline: .now() + TimeAmount(request.timeout)
        )
        let response = try await withTaskCancellationHandler {
            try await task.futureResult.get()
        } onCancel: {
            task.cancel()
        }
        return HTTPResponse(
            status: Int(response.status.code),
            headers: response.headers.map { ($0.name, $0.value) },
            body: response.body.map { Array($0.readableBytesView) } ?? []
        )
    }

    private func way(of request: HTTPRequest, to host: String) -> HTTPClient {
        guard let proxied, !request.isDirect, settings.proxy?.covers(host: host) == true else { return client }
        return proxied
    }

    private func outgoing(_ request: HTTPRequest, number: PassageLedger.Number) throws -> HTTPClient.Request {
        let url = request.url.reveal()
        // Anything else would be rewritten on the way, and the URL is to arrive to the letter.
        guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw HTTPClientError.invalidURL }
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value.reveal()) })
        headers.replaceOrAdd(name: PassageGate.header, value: "\(number)")
        return try HTTPClient.Request(
            url: url,
            method: HTTPMethod(rawValue: request.method.rawValue),
            headers: headers,
            body: request.body.map { .string($0.reveal()) }
        )
    }

    private static func configuration(
        _ settings: Settings,
        ledger: PassageLedger
    ) throws -> HTTPClient.Configuration {
        var pool = HTTPClient.Configuration.ConnectionPool(
            idleTimeout: TimeAmount(settings.idleTimeout),
            concurrentHTTP1ConnectionsPerHostSoftLimit: settings.connectionsPerHost
        )
        // The machines know better than the pool how long to wait before the next try.
        pool.retryConnectionEstablishment = false
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try tls(caFile: settings.caFile),
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(settings.connectTimeout)),
            connectionPool: pool,
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        // Spans of the client would hold whole URLs, and with them import tokens.
        configuration.tracing.tracer = nil
        let limit = Int(Int32(clamping: settings.unacknowledgedLimit.wholeMilliseconds))
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
                try pipeline.addHandler(PassageGate(ledger), position: .after(encoder))
                try channel.syncOptions?.setOption(
                    ChannelOptions.tcpOption(NIOBSDSocket.Option(rawValue: TCP_USER_TIMEOUT)),
                    value: limit
                )
            }
        }
        return configuration
    }

    private static func tls(caFile: String?) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let caFile {
            do {
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(caFile))]
            } catch {
                throw UnusableCertificates(file: caFile, reason: "\(error)")
            }
        }
        return tls
    }
}

/// A CA file that cannot be used.
package struct UnusableCertificates: Error, CustomStringConvertible {
    package let file: String
    package let reason: String

    package var description: String {
        "The CA file \(file) cannot be used (\(reason)); give the path of a PEM file with certificates."
    }
}

extension ProxySettings {
    fileprivate var authorization: HTTPClient.Authorization? {
        user.map { .basic(username: $0, password: password?.reveal() ?? "") }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
