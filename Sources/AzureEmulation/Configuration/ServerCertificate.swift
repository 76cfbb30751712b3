/// The files with which doors speak https.
package struct ServerCertificate: Sendable, Equatable, Decodable {
    /// PEM: the certificate, then those that lead to its authority.
    package var certificateFile: String
    /// PEM.
    package var keyFile: String

    package init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case certificateFile, keyFile
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        certificateFile = try values.decode(String.self, forKey: .certificateFile)
        keyFile = try values.decode(String.self, forKey: .keyFile)
    }
}
