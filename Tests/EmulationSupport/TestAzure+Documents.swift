package import AzureEmulation
import FoundationEssentials
import Testing

/// Calls of Document Intelligence.
extension TestAzure {
    /// A version of the API and where it lives.
    package struct DocumentAPI: Sendable {
        package let version: String
        package let base: String

        package static let all = [v3_0, v3_1, v4_0]
        package static let v3_0 = DocumentAPI(version: "2022-08-31", base: "formrecognizer")
        package static let v3_1 = DocumentAPI(version: "2023-07-31", base: "formrecognizer")
        package static let v4_0 = DocumentAPI(version: "2024-11-30", base: "documentintelligence")
    }

    /// West with models and a classifier of Document Intelligence.
    package static var documentWest: ResourceConfiguration {
        var resource = west
        resource.documentModels = .listed([
            DocumentSeed(id: "invoices", description: "The source's", tags: ["from": "west"]),
            DocumentSeed(id: "composed", docTypes: ["cars", "boats"], expiration: "2027-01-02T03:04:05Z"),
            DocumentSeed(id: "newest", apiVersion: "2024-11-30"),
            DocumentSeed(id: "unready", ready: false),
            DocumentSeed(id: "secret", encrypted: true),
        ])
        resource.documentClassifiers = .listed([
            DocumentSeed(id: "sorter", apiVersion: "2024-11-30", docTypes: ["cars", "boats"], tags: ["from": "west"])
        ])
        return resource
    }

    /// A call with the resource's key; `path` begins after the base.
    package func documents(
        _ method: String,
        _ resource: String,
        _ path: String,
        _ api: DocumentAPI = .v4_0,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> Reply {
        var headers = headers
        headers["Ocp-Apim-Subscription-Key"] = "\(resource)-key"
        if body != nil, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        return try await call(
            method,
            "\(endpoint(resource))/\(api.base)/\(path)?api-version=\(api.version)",
            headers: headers,
            body: body
        )
    }

    /// Reserves `id` on east.
    ///
    /// - Returns: the body that a copy has to send on.
    package func authorizeDocument(
        _ id: String,
        _ api: DocumentAPI = .v4_0,
        classifier: Bool = false,
        members: String = ""
    ) async throws -> String {
        let path = (classifier ? "documentClassifiers" : "documentModels") + ":authorizeCopy"
        let body = #"{"\#(classifier ? "classifierId" : "modelId")":"\#(id)"\#(members)}"#
        let reply = try await documents("POST", "east", path, api, body: body)
        #expect(reply.status == 200, "\(reply.text)")
        return reply.text
    }

    /// Authorizes on east and starts the copy on west.
    ///
    /// - Returns: the Operation-Location.
    package func startDocument(
        _ source: String = "invoices",
        into id: String = "copied",
        _ api: DocumentAPI = .v4_0,
        classifier: Bool = false,
        headers: [String: String] = [:]
    ) async throws -> String {
        let grant = try await authorizeDocument(id, api, classifier: classifier)
        let path = "\(classifier ? "documentClassifiers" : "documentModels")/\(source):copyTo"
        let reply = try await documents("POST", "west", path, api, headers: headers, body: grant)
        #expect(reply.status == 202, "\(reply.text)")
        return try #require(reply["Operation-Location"])
    }
}
