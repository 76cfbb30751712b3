import AzureAI
import CopyDomain
import Testing

@testable import AzureHTTP

@Suite("Requests and answers over a socket", .timeLimit(.minutes(1)))
struct AsyncHTTPSenderTests {
    @Test("an answer comes back whole")
    func answer() async throws {
        let text = "HTTP/1.1 201 Created\r\nX-One: 1\r\nX-One: 2\r\nContent-Length: 3\r\n\r\nabc"
        try await ScriptedServer.with([.answer(text)]) { server in
            try await AsyncHTTPSender.with { sender in
                let response = try await sender.send(Requests.get(server.url + "/"))
                #expect(response.status == 201)
                #expect(response.headers.map(\.name) == ["x-one", "x-one", "content-length"])
                #expect(response.header("x-one") == "1")
                #expect(response.body == Array("abc".utf8))
            }
        }
    }

    @Test("an empty body of POST and PATCH says Content-Length: 0; GET and DELETE say nothing")
    func contentLength() async throws {
        try await ScriptedServer.with { server in
            try await AsyncHTTPSender.with { sender in
                var request = Requests.post(server.url + "/a")
                for method in [HTTPRequest.Method.post, .patch] {
                    request.method = method
                    _ = try await sender.send(request)
                }
                request.body = nil
                for method in [HTTPRequest.Method.get, .delete] {
                    request.method = method
                    _ = try await sender.send(request)
                }
            }
            let heads = server.requests.map { $0.lowercased() }
            #expect(heads.map { $0.contains("content-length: 0\r\n") } == [true, true, false, false])
            #expect(heads.allSatisfy { !$0.contains("transfer-encoding") })
        }
    }

    @Test(
        "path and query arrive to the letter",
        arguments: [
            "/a%2Fb/..%2F?token=https%3A%2F%2Fx%3Fsig%3Da%252Bb%253D&name=%C3%9C%20%26",
            "/formrecognizer/v2.1/custom/models?nextLink=2!236!MDAwMTMy-&op=full", "/x?", "/A/copyResults/1?y=Z+z",
            "/%7e~",
        ]
    )
    func encoding(_ path: String) async throws {
        try await ScriptedServer.with { server in
            try await AsyncHTTPSender.with { sender in
                _ = try await sender.send(Requests.get(server.url + path))
            }
            #expect(server.requests.first?.hasPrefix("GET \(path) HTTP/1.1\r\n") == true)
        }
    }

    @Test("headers and body arrive, and nothing of the sender's own bookkeeping")
    func headers() async throws {
        try await ScriptedServer.with { server in
            try await AsyncHTTPSender.with { sender in
                _ = try await sender.send(Requests.post(server.url + "/a", body: #"{"a":"ü"}"#))
            }
            let request = try #require(server.requests.first)
            #expect(request.contains("Training-Key: canary\r\n"))
            #expect(request.contains("Host: 127.0.0.1:\(server.port)\r\n") || request.contains("host: 127.0.0.1:"))
            #expect(request.hasSuffix("\r\n\r\n{\"a\":\"ü\"}"))
            #expect(request.lowercased().contains("content-length: 10\r\n"))
            #expect(!request.lowercased().contains(PassageGate.header))
        }
    }

    @Test("one connection serves many requests")
    func keepAlive() async throws {
        try await ScriptedServer.with { server in
            try await AsyncHTTPSender.with { sender in
                for _ in 0..<20 { _ = try await sender.send(Requests.post(server.url + "/", body: "{}")) }
            }
            #expect(server.requests.count == 20)
            #expect(server.connections == 1)
        }
    }

    @Test("a redirect is an answer, not a journey", arguments: [301, 302, 303, 307, 308])
    func redirect(_ status: Int) async throws {
        let text = "HTTP/1.1 \(status) Moved\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.with([.answer(text)]) { server in
            try await AsyncHTTPSender.with { sender in
                let response = try await sender.send(Requests.post(server.url + "/"))
                #expect(response.status == status)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a compressed body is not touched")
    func compression() async throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
        try await ScriptedServer.with([.answer(text)]) { server in
            try await AsyncHTTPSender.with { sender in
                let response = try await sender.send(Requests.get(server.url + "/"))
                #expect(response.body == Array("abc".utf8))
            }
            #expect(server.requests.first?.lowercased().contains("accept-encoding") == false)
        }
    }

    @Test("line breaks cannot smuggle headers in", arguments: ["a\r\nX-Evil: 1", "a\nb", "a\u{0}b", "a\rb"])
    func smuggling(_ value: String) async throws {
        try await ScriptedServer.with { server in
            try await AsyncHTTPSender.with { sender in
                let header = HTTPRequest.Header("X-Value", Secret(value))
                let failure = await sender.failure(of: Requests.get(server.url + "/", headers: [header]))
                #expect(failure?.code == .notSent)
                #expect(failure?.message.contains(value) == false)
                let inURL = await sender.failure(of: Requests.get(server.url + "/" + value))
                #expect(inURL?.code == .notSent)
                let name = HTTPRequest.Header("X-\(value)", Secret("1"))
                #expect(await sender.failure(of: Requests.get(server.url + "/", headers: [name]))?.code == .notSent)
            }
            #expect(server.bytes == 0)
        }
    }
}
