import Testing

@testable import AzureAI

@Suite("Endpoints")
struct EndpointTests {
    @Test(
        "what is configured is an origin and nothing else",
        arguments: [
            ("https://a.example.com", true), ("https://a.example.com/", true), ("HTTP://127.0.0.1:8080", true),
            ("https://[::1]:8443", true), ("https://a.example.com/path", false), ("https://a.example.com?x", false),
            ("ftp://a.example.com", false), ("a.example.com", false), ("https://", false), ("https://:443", false),
            ("https://a.example.com:0", false), ("https://a.example.com:65536", false), ("https://a b", false),
            ("https://user@a.example.com", false), ("https://ä.example.com", false), ("", false),
        ]
    )
    func parses(_ text: String, isEndpoint: Bool) {
        #expect((Endpoint(text) != nil) == isEndpoint)
    }

    @Test(
        "a URL of the same scheme, host and port is followed to the letter",
        arguments: [
            ("https://a.example.com/Form%2Frecognizer/V2.1-preview.1/x?y=Z", "/Form%2Frecognizer/V2.1-preview.1/x?y=Z"),
            ("HTTPS://A.Example.COM/x", "/x"), ("https://a.example.com:443/x", "/x"), ("https://a.example.com/", "/"),
            ("/x?y=Z", "/x?y=Z"),
        ]
    )
    func follows(_ url: String, path: String) throws {
        #expect(try #require(Endpoint("https://a.example.com")).pathAndQuery(of: url) == path)
    }

    @Test(
        "a URL of any other place is not followed",
        arguments: [
            "https://b.example.com/x", "http://a.example.com/x", "https://a.example.com:8443/x",
            "https://a.example.com.evil.net/x", "https://a.example.com@evil.net/x", "https://evil.net/a.example.com",
            "https://a.example.com\\@evil.net/x", "https://evil.net#https://a.example.com/x",
            "https://a.example.com#@evil.net/x", "//a.example.com/x", "x", "", "https:a.example.com/x",
            "///x", "/x y", "/\\evil.net",
            "https://a.example.com", "https://a.example.com?x", "https://a.example.com/x\r\nHost: evil.net",
            "https://a.example.com/x y", "https://a.example.com./x", "https://xa.example.com/x",
            "https://a.example.com:99999999999999999999/x", "https://a.exa\u{FF4D}ple.com/x",
            "https://a.example.com:+443/x",
        ]
    )
    func refuses(_ url: String) throws {
        #expect(try #require(Endpoint("https://a.example.com")).pathAndQuery(of: url) == nil)
    }
}

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "only unreserved characters stay",
        arguments: [
            ("AZaz09-._~", "AZaz09-._~"), ("a/../b?x", "a%2F..%2Fb%3Fx"),
            (
                "%3D+ :/?#[]@!$&'()*,;=",
                "%253D%2B%20%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2C%3B%3D"
            ),
            ("Übung 図\r\n", "%C3%9Cbung%20%E5%9B%B3%0D%0A"), ("", ""),
        ]
    )
    func encodes(_ text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(encoded) == text)
    }

    @Test("what no encoding keeps inside its segment is no segment", arguments: ["", ".", ".."])
    func segments(_ text: String) {
        #expect(PercentEncoding.pathSegment(text) == nil)
        #expect(PercentEncoding.pathSegment("\(text)a") != nil)
    }

    @Test("broken escapes are nothing", arguments: ["%", "%4", "%4x", "%zz", "%ff"])
    func broken(_ text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }
}
