import CopyDomain
import Testing

@testable import AzureAI

@Suite("Custom Vision requests")
struct CustomVisionRequestsTests {
    func request(
        _ call: CustomVisionCall,
        _ version: APIVersion = .customVision3_4Preview
    ) throws -> HTTPRequest {
        try CustomVisionRequests.request(for: call, in: Plans.context(call, try Plans.plan(version)))
    }

    @Test(
        "method and URL of every call",
        arguments: [
            (CustomVisionCall.getSourceProject(id: "p"), "GET", "https://source.example.com", "/p"),
            (.listSourceProjects, "GET", "https://source.example.com", ""),
            (.exportProject(id: "p"), "GET", "https://source.example.com", "/p/export"),
            (
                .importProject(token: Secret("t"), name: "n"), "POST", "https://target.example.com",
                "/import?token=t&name=n"
            ),
            (.getTargetProject(id: "p"), "GET", "https://target.example.com", "/p"),
            (.listTargetProjects, "GET", "https://target.example.com", ""),
            (.renameTargetProject(id: "p", name: "n", description: ""), "PATCH", "https://target.example.com", "/p"),
            (.deleteTargetProject(id: "p"), "DELETE", "https://target.example.com", "/p"),
        ]
    )
    func urls(_ call: CustomVisionCall, method: String, origin: String, path: String) throws {
        for version in [APIVersion.customVision3_3, .customVision3_4Preview] {
            let request = try request(call, version)
            #expect(request.method.rawValue == method)
            #expect(request.url.reveal() == "\(origin)/customvision/\(version.rawValue)/training/projects\(path)")
            #expect(request.header("Training-Key") == Plans.key.reveal())
            #expect(request.header("Accept") == "application/json")
            #expect(request.header("x-ms-client-request-id") == "dr-2026/11@21:invoices")
        }
    }

    /// The URL is that of `recordings/cv-v3.4-preview_export-import_success_net.json`, with a name.
    @Test("the import token is encoded as a whole, its own escapes too")
    func token() throws {
        let request = try request(.importProject(token: Plans.importToken, name: "a & b=c"))
        #expect(
            request.url.reveal()
                == "https://target.example.com/customvision/v3.4-preview/training/projects/import?token="
                + "https%3A%2F%2Firisprodeu2training.blob.core.windows.net%2Fprjexp-0901d86bf22743e09630d172ccfd41e5"
                + "%2Fproject-export-info%3Fsv%3D2017-04-17%26sr%3Db%26sig%3Dxxxxxxxxxxx%252Bxxxxx%252Bxxxxxxxxxxxxxx"
                + "%252Bxxxxxxxxxx%253D%26se%3D2020-11-07T16%253A31%253A44Z%26sp%3Dr&name=a%20%26%20b%3Dc"
        )
        #expect(request.body == Secret(""))
        #expect(!request.label.contains("sig"))
    }

    @Test(
        "a name may hold any Unicode",
        arguments: ["Übung", "図 1", "a+b/c?d&e#f%", "\u{1F469}\u{200D}\u{1F52C}", "\"\\\n"]
    )
    func names(_ name: String) throws {
        let url = try request(.importProject(token: Secret("t"), name: name)).url.reveal()
        let encoded = try #require(url.split(separator: "&name=").last)
        #expect(PercentEncoding.decode(encoded) == name)
        #expect(url.utf8.allSatisfy { (0x21...0x7e).contains($0) })

        let body = try #require(
            try request(.renameTargetProject(id: "p", name: name, description: "d/e")).body
        )
        let back = JSONBody.decode([String: String].self, from: Array(body.reveal().utf8))
        #expect(back == ["name": name, "description": "d/e"])
    }

    @Test("the rename's body has name and description and nothing else")
    func rename() throws {
        let request = try request(.renameTargetProject(id: "p", name: "n/m", description: ""))
        #expect(request.body?.reveal() == #"{"description":"","name":"n/m"}"#)
        #expect(request.header("Content-Type") == "application/json")
    }

    @Test("an id stays inside its path segment")
    func segments() throws {
        let url = try request(.deleteTargetProject(id: "a/../b")).url.reveal()
        #expect(url.hasSuffix("/projects/a%2F..%2Fb"))
        #expect(throws: CallFailure.self) { try request(.deleteTargetProject(id: "..")) }
        #expect(throws: CallFailure.self) { try request(.exportProject(id: ".")) }
    }
}
