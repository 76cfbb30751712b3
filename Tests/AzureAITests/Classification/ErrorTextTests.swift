import CopyDomain
import Testing

@testable import AzureAI

@Suite("What Azure says in errors")
struct ErrorTextTests {
    @Test(
        "codes and messages in all their wrappings",
        arguments: [
            (#"{"error":{"code":"1002","message":"m"}}"#, "1002", nil, "m"),
            (#"{"code":"BadRequestInvalidImportToken","message":"m"}"#, "BadRequestInvalidImportToken", nil, "m"),
            (#"{"statusCode":429,"message":"m"}"#, "429", nil, "m"),
            (#"{"Error":{"Code":"c","Message":"m"}}"#, "c", nil, "m"),
            (#"{"error":{"code":"Conflict","innerError":{"code":"ModelExists"}}}"#, "Conflict", "ModelExists", nil),
            (
                #"{"error":{"code":"NotFound","innererror":{"code":"a","innererror":{"code":"b"}}}}"#, "NotFound", "b",
                nil
            ),
            (#"{"error":"no object","message":"m"}"#, nil, nil, "m"),
            ("<html>", nil, nil, nil), ("", nil, nil, nil), ("[1]", nil, nil, nil), ("null", nil, nil, nil),
            (#"{"error":{"code":null,"message":[1]}}"#, nil, nil, nil),
        ] as [(String, String?, String?, String?)]
    )
    func bodies(_ body: String, code: String?, innerCode: String?, message: String?) {
        let error = AzureErrorBody(Array(body.utf8))
        #expect(error.code == code)
        #expect(error.innerCode == innerCode)
        #expect(error.text == message)
    }

    @Test("what is said further in is said too, and nothing twice")
    func innerMessages() {
        let body = """
            {"error":{"code":"InvalidRequest","message":"Invalid request.","innererror":{"code":"a","message":"Why.",\
            "innerError":{"code":"b","message":"Invalid request."}},"details":[{"code":"c","message":"Where."},\
            {"code":"InvalidRequest","message":"Why.","innererror":{"code":"d"}}, 7]}}
            """
        let error = AzureErrorBody(Array(body.utf8))
        #expect(error.text == "Invalid request. Why. Where.")
        #expect(error.codes == ["InvalidRequest", "a", "b", "c", "d"])
        #expect(error.code == "InvalidRequest")
    }

    @Test("the details name the inner code when nothing else does")
    func details() {
        let body =
            #"{"error":{"code":"InternalServerError","details":[{"code":"DataProtectionTransformServiceError"}]}}"#
        #expect(AzureErrorBody(Array(body.utf8)).innerCode == "DataProtectionTransformServiceError")
    }

    @Test("a body of any depth and size is survived")
    func hostileBodies() {
        let deep = String(repeating: #"{"error":"#, count: 100_000)
        #expect(AzureErrorBody(Array(deep.utf8)).code == nil)
        let nested = String(repeating: #"{"innererror":"#, count: 400) + "1" + String(repeating: "}", count: 400)
        #expect(AzureErrorBody(Array(nested.utf8)).code == nil)
        let long = #"{"error":{"code":"c","message":""# + String(repeating: "x", count: 70_000) + #""}}"#
        #expect(AzureErrorBody(Array(long.utf8)).code == nil)
    }

    @Test("secrets are taken out in every form in which Azure could quote them")
    func secrets() {
        let redaction = Redaction([Plans.key, Plans.importToken, Secret("")])
        let signature = "xxxxxxxxxxx+xxxxx+xxxxxxxxxxxxxx+xxxxxxxxxx="
        for quoted in [
            Plans.key.reveal(), Plans.importToken.reveal(), PercentEncoding.encode(Plans.importToken.reveal()),
            signature, "xxxxxxxxxxx%2Bxxxxx%2Bxxxxxxxxxxxxxx%2Bxxxxxxxxxx%3D",
        ] {
            #expect(redaction.clean("bad: '\(quoted)'.", limit: 500) == "bad: '***'.")
        }
        #expect(redaction.clean("nothing to hide", limit: 500) == "nothing to hide")
    }

    @Test(
        "a secret is taken out whatever stands beside it",
        arguments: ["\u{301}", "\u{FE0F}", "\u{200D}\u{1F469}", "\r\n", "\u{1F3FD}"]
    )
    func neighbours(mark: String) {
        let clean = Redaction([Plans.key]).clean("a\(mark)\(Plans.key.reveal())\(mark)b", limit: 500)
        #expect(Array(clean.utf8).firstRange(of: Array("***".utf8)) != nil)
        #expect(Array(clean.utf8).firstRange(of: Array("canary".utf8)) == nil)
    }

    @Test("a secret is taken out before the text is cut")
    func cutting() {
        let redaction = Redaction([Plans.key])
        let text = String(repeating: "x", count: 490) + Plans.key.reveal()
        let clean = redaction.clean(text, limit: 500)
        #expect(clean == String(repeating: "x", count: 490) + "***")
        #expect(redaction.clean(String(repeating: "y", count: 501), limit: 500).count == 500)
    }

    @Test("control characters cannot forge log lines")
    func controls() {
        let clean = Redaction([]).clean("a\r\nb\u{1B}[31m\u{202E}c\u{2028}d", limit: 500)
        #expect(clean == "a  b [31m c d")
    }

    @Test("a failure quotes neither key nor token")
    func failures() throws {
        let reader = try Plans.reader(.importProject, secrets: [Plans.importToken])
        let body = """
            {"code":"BadRequestInvalidImportToken","message":"Token \(Plans.importToken.reveal()) for \
            \(Plans.key.reveal()) is invalid"}
            """
        let failure = reader.failure(.json(400, body, headers: [("apim-request-id", Plans.key.reveal())]))
        #expect(failure.azure?.message == "Token *** for *** is invalid")
        #expect(!"\(failure)".contains("canary") && !"\(failure)".contains("xxxxxxxxxxx"))
    }
}
