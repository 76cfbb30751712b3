import AzureEmulation
import NIOSSL

extension ServerCertificate {
    /// What a door needs to speak https.
    ///
    /// - Throws: ``ConfigurationError`` that names the file.
    func tlsConfiguration() throws(ConfigurationError) -> TLSConfiguration {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
        } catch {
            throw ConfigurationError(sentence: "tls: \(certificateFile) cannot be read as a certificate.")
        }
        do {
            let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
            return .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        } catch {
            throw ConfigurationError(sentence: "tls: \(keyFile) cannot be read as a private key.")
        }
    }
}
