import AzureEmulation
import FoundationEssentials
import Testing

extension TestAzure {
    /// What copyAuthorization answered, and the body of a copy that uses it.
    package struct Grant: Sendable {
        package let modelID: String
        package let token: String
        package let expiration: String

        package func order(armId: String? = nil, region: String = "eastus", expiration: String? = nil) -> String {
            """
            {"targetResourceId":"\(armId ?? TestAzure.east.armId ?? "")","targetResourceRegion":"\(region)",\
            "copyAuthorization":{"modelId":"\(modelID)","accessToken":"\(token)",\
            "expirationDateTimeTicks":\(expiration ?? self.expiration)}}
            """
        }
    }

    /// Authorizes on east.
    package func authorize(_ version: String = "v2.1", id: String? = nil) async throws -> Grant {
        let reply = try await recognizer("POST", "east", "\(version)/custom/models/copyAuthorization", id: id)
        #expect(reply.status == 201)
        let body: Look = try reply.decoded()
        let expiration = try #require(reply.text.firstMatch(of: /Ticks":(\d+)/)).output.1
        return Grant(
            modelID: try #require(body.modelId.string),
            token: try #require(body.accessToken.string),
            expiration: String(expiration)
        )
    }

    package func copy(
        _ order: String,
        _ version: String = "v2.1",
        from source: String = TestAzure.source,
        id: String? = nil
    ) async throws -> Reply {
        try await recognizer("POST", "west", "\(version)/custom/models/\(source)/copy", id: id, body: order)
    }

    /// Authorizes and starts a copy from west to east.
    ///
    /// - Returns: where to poll.
    package func startCopy(_ version: String = "v2.1", id: String? = nil) async throws -> (
        grant: Grant, location: String
    ) {
        let grant = try await authorize(version, id: id)
        let reply = try await copy(grant.order(), version, id: id)
        #expect(reply.status == 202)
        return (grant, try #require(reply["Operation-Location"]))
    }

    package func poll(_ location: String, id: String? = nil) async throws -> Reply {
        var headers = ["Ocp-Apim-Subscription-Key": "west-key"]
        headers["x-ms-client-request-id"] = id
        return try await call("GET", location, headers: headers)
    }

    package func export(_ project: String = TestAzure.project) async throws -> String {
        let reply = try await vision("GET", "west", "projects/\(project)/export")
        #expect(reply.status == 200)
        return try #require(try reply.decoded(Look.self).token.string)
    }

    /// Imports into east; the token is encoded as a whole.
    package func importProject(_ token: String, name: String? = nil, id: String? = nil) async throws -> Reply {
        let name = name.map { "&name=\(Self.encoded($0))" } ?? ""
        return try await vision("POST", "east", "projects/import?token=\(Self.encoded(token))\(name)", id: id)
    }

    package static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-._~".unicodeScalars.contains(scalar)
            return isPlain && byte < 0x80
                ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
